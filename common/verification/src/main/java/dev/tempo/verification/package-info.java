/**
 * Verifiers, which decide by rules alone whether a model's response agrees with a reference answer. Nothing here
 * depends on time, threads or randomness that is not seeded, so a verdict is the same on every run and on every
 * machine.
 */
@NullMarked
package dev.tempo.verification;

import org.jspecify.annotations.NullMarked;
