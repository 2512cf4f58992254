/** Rewriting of expressions into the form that is compared, and the second meanings that notation may have. */
@NullMarked
package dev.tempo.verification.form;

import org.jspecify.annotations.NullMarked;
