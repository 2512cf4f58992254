package dev.tempo.timeline;

import org.jspecify.annotations.Nullable;

/**
 * A stretch of time that a thread of a service spent on a run. Spans of one thread lie one after the other or one in the other.
 *
 * @param service the service, {@code critic-service}
 * @param replica one process of the service, different from every other
 * @param thread its name and number, different from those of other threads of the replica
 * @param id unique in the replica
 * @param cause id of the span of the replica, on another thread, that led to this one; null where a message or the thread itself did
 * @param name what was done, in words
 * @param round the round that it was done for, counted from 0 through all stages; -1 where it belongs to none
 * @param start microseconds since 1970
 * @param end the same
 * @param cpu microseconds of processor time that the thread took from start to end; -1 where the platform does not tell
 * @param json microseconds of it in which messages were read from JSON one by one
 * @param takes the topic whose messages are handled; null where there are none
 * @param publishes the topic to which messages are written; null where there is none
 * @param messages how many messages it takes or publishes
 */
public record Span(
        String service,
        String replica,
        String thread,
        long id,
        @Nullable Long cause,
        String name,
        SpanKind kind,
        String run,
        int round,
        long start,
        long end,
        long cpu,
        long json,
        @Nullable String takes,
        @Nullable String publishes,
        int messages) {

    /** The length in microseconds. */
    public long micros() {
        return end - start;
    }
}
