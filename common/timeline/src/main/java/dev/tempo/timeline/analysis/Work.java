package dev.tempo.timeline.analysis;

import dev.tempo.timeline.Span;
import dev.tempo.timeline.SpanKind;

/**
 * All of one sort that a service did or waited for in a round, or on average of several rounds.
 *
 * @param name what, in words
 * @param micros how long; threads that did it side by side count each
 * @param cpu microseconds of processor time of these threads; -1 where it is not known
 */
public record Work(String service, SpanKind kind, String name, double micros, double cpu) {

    /** What a span is called where people read it. */
    static String name(Span span) {
        if (span.takes() != null) {
            return span.name() + " " + span.takes();
        }
        return span.publishes() != null ? span.name() + " " + span.publishes() : span.name();
    }
}
