/**
 * Policies and critics in use: responses generated side by side from a cache of keys and values, log-probabilities of
 * responses, values of responses.
 */
@NullMarked
package dev.tempo.model.inference;

import org.jspecify.annotations.NullMarked;
