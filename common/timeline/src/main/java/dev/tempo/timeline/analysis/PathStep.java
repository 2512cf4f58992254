package dev.tempo.timeline.analysis;

import dev.tempo.timeline.SpanKind;

/**
 * A step of a round's critical path.
 *
 * @param from microseconds since 1970
 * @param to the same
 * @param service in which it passed
 * @param name what passed, in words
 */
public record PathStep(long from, long to, String service, SpanKind kind, String name) {

    public long micros() {
        return to - from;
    }

    boolean isLike(PathStep other) {
        return service.equals(other.service) && kind == other.kind && name.equals(other.name);
    }
}
