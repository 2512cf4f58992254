/**
 * Language models: what one is (its shape, its family's tensors, the types of its numbers), on which the packages beneath
 * build: loading, generating, valuing and training. This module is the only one of the project that knows the tensor engine
 * (DJL with PyTorch); the public signatures of its face speak of plain arrays, so that nobody else has to. Packages
 * {@code config}, {@code scripts} and {@code forward} are for the others of the module only.
 */
@NullMarked
package dev.tempo.model;

import org.jspecify.annotations.NullMarked;
