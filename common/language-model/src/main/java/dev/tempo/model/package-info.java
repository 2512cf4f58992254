/**
 * Language models: the shape of a model, its family's tensors, the types of its numbers. The packages below load, generate,
 * value and train. This module alone knows the tensor engine (DJL with PyTorch); the public signatures that other modules
 * use have plain arrays. Packages {@code config}, {@code scripts} and {@code forward} are internal to the module.
 */
@NullMarked
package dev.tempo.model;

import org.jspecify.annotations.NullMarked;
