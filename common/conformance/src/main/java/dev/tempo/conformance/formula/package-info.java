/** Fixture cases, numbers made by reference code, held against the formulas of module algorithm. */
@NullMarked
package dev.tempo.conformance.formula;

import org.jspecify.annotations.NullMarked;
