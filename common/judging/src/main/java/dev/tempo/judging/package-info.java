/**
 * Judges and chains of judges, for judge-service and for commands that judge without it. Nothing in here knows Kafka.
 *
 * <p>{@code rule} holds the judges that ship, {@code model} those that ask a language model, {@code plugin} those that
 * users bring. A judge that cannot tell says UNDECIDED, never wrong.
 */
@NullMarked
package dev.tempo.judging;

import org.jspecify.annotations.NullMarked;
