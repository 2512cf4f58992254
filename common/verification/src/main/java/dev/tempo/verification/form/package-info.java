/**
 * The form of expressions that is compared, how an expression is brought into it, and the second meanings that notation
 * may have.
 */
@NullMarked
package dev.tempo.verification.form;

import org.jspecify.annotations.NullMarked;
