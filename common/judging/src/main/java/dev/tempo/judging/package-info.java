/**
 * Judges and chains of them, for whoever judges: judge-service, or a command without it. Nothing in here knows Kafka.
 *
 * <p>{@code rule} holds the judges that ship, {@code model} those that ask a language model, {@code plugin} those that came
 * with somebody else. A judge that cannot tell says UNDECIDED, never wrong.
 */
@NullMarked
package dev.tempo.judging;

import org.jspecify.annotations.NullMarked;
