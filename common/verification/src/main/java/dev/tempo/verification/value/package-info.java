/** The value of an expression: exactly, modulo primes, or to many digits at seeded points. */
@NullMarked
package dev.tempo.verification.value;

import org.jspecify.annotations.NullMarked;
