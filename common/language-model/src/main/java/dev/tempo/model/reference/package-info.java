/** A reference.json beside a model, held against what this module computes. */
@NullMarked
package dev.tempo.model.reference;

import org.jspecify.annotations.NullMarked;
