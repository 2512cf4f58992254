/** Loaded policies and critics: responses generated side by side from a cache, log-probabilities, values. */
@NullMarked
package dev.tempo.model.inference;

import org.jspecify.annotations.NullMarked;
