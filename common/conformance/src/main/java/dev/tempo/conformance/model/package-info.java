/** A reference.json beside a model, held against what module language-model computes. */
@NullMarked
package dev.tempo.conformance.model;

import org.jspecify.annotations.NullMarked;
