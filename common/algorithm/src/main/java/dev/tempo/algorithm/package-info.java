/**
 * The paper's arithmetic on plain arrays, one class per formula: advantages, losses, votes, scores. Scalar and simple rather
 * than fast, it is the specification against which the tensor code of module language-model is tested.
 */
@NullMarked
package dev.tempo.algorithm;

import org.jspecify.annotations.NullMarked;
