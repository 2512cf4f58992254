/** The syntax tree of an answer, exact fractions, and the steps and sizes that a comparison may cost. */
@NullMarked
package dev.tempo.verification.expression;

import org.jspecify.annotations.NullMarked;
