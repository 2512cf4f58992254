/**
 * Policies and critics in training: mini-batches, losses, optimizer, states to resume from; and base models from
 * random weights.
 */
@NullMarked
package dev.tempo.model.training;

import org.jspecify.annotations.NullMarked;
