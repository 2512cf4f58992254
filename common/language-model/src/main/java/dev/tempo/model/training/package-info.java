/**
 * Training of policies and critics: mini-batches, losses, optimizer, files from which training continues; and base models
 * trained from random weights.
 */
@NullMarked
package dev.tempo.model.training;

import org.jspecify.annotations.NullMarked;
