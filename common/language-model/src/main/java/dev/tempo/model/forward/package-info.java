/** Weights in memory and forward passes of whole sequences. Internal to the module. */
@NullMarked
package dev.tempo.model.forward;

import org.jspecify.annotations.NullMarked;
