/**
 * Language models: loading, sampling, valuing and training them. The only package of the project that knows its tensor
 * engine (DJL with PyTorch); its public signatures speak of plain arrays, so that nobody else has to.
 */
@NullMarked
package dev.tempo.model;

import org.jspecify.annotations.NullMarked;
