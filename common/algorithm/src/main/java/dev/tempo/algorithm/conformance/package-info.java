/** Runs fixture cases, numbers made by reference code, against this module; parsing and printing are the caller's. */
@NullMarked
package dev.tempo.algorithm.conformance;

import org.jspecify.annotations.NullMarked;
