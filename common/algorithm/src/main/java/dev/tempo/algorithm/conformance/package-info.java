/**
 * Fixture cases, numbers computed by reference code, checked against this module's formulas. Callers parse the files and
 * print the results.
 */
@NullMarked
package dev.tempo.algorithm.conformance;

import org.jspecify.annotations.NullMarked;
