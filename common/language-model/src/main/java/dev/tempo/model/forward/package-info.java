/** Weights in memory, and forward passes over whole sequences. Internal to the module. */
@NullMarked
package dev.tempo.model.forward;

import org.jspecify.annotations.NullMarked;
