/** Checks an installation against reference numbers: which files are fixtures, what runs them, how results are shown. */
@NullMarked
package dev.tempo.conformance;

import org.jspecify.annotations.NullMarked;
