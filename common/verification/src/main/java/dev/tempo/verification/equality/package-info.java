/** Equality of answers: scalars, sets, intervals, tuples, relations and numbered families of solutions. */
@NullMarked
package dev.tempo.verification.equality;

import org.jspecify.annotations.NullMarked;
