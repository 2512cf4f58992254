package dev.tempo.timeline.analysis;

import dev.tempo.timeline.Span;
import dev.tempo.timeline.SpanKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The chain of work and waiting that a moment was reached by: from there backwards through what each thread did, and, where a thread
 * had nothing to do, to whatever came last of what it waited for. That is the publication of the messages that it took, or the span
 * of its process that handed it an event. Nothing on the path can take less time without the moment coming earlier.
 */
final class CriticalPath {
    /** Readers may have a message before its writer hears that the broker has it. */
    private static final long ACKNOWLEDGED_LATER = 5_000;

    private final Map<ThreadTrack.Key, ThreadTrack> tracks;
    private final Map<Topical, List<Span>> publications = new HashMap<>();
    private final Map<Caused, Span> byId = new HashMap<>();

    private record Topical(String run, int round, String topic) {}

    private record Caused(String service, String replica, long id) {}

    /** The moment when what a span waited for was there, and the span that brought it. */
    private record Arrival(long at, Span from, String name) {}

    CriticalPath(List<Span> spans, Map<ThreadTrack.Key, ThreadTrack> tracks) {
        this.tracks = tracks;
        for (Span span : spans) {
            byId.put(new Caused(span.service(), span.replica(), span.id()), span);
            if (span.publishes() != null) {
                publications
                        .computeIfAbsent(
                                new Topical(span.run(), span.round(), span.publishes()), first -> new ArrayList<>())
                        .add(span);
            }
        }
    }

    /** The steps from a moment to the end of a span, in order; their lengths add up to the time between. */
    List<PathStep> to(Span last, long from) {
        List<PathStep> backwards = new ArrayList<>();
        Span present = last;
        long at = last.end();
        Arrival pending = null;
        while (at > from) {
            ThreadTrack track = track(present);
            Span top = track.before(at);
            if (top != null && top.end() >= at) {
                walk(track, top, Math.max(from, top.start()), at, backwards);
                at = top.start();
                // what came while the thread was busy has held nobody up
                pending = later(pending != null && pending.at() > at ? null : pending, arrival(top));
                present = top;
                continue;
            }
            long before = top == null ? Long.MIN_VALUE : top.end();
            if (pending != null && pending.at() >= before) {
                add(backwards, Math.max(from, pending.at()), at, present.service(), SpanKind.MESSAGING, pending.name());
                at = pending.at();
                present = pending.from();
                pending = null;
            } else {
                SpanKind kind = pending == null ? SpanKind.WAITING : SpanKind.MESSAGING;
                String name = pending == null ? "for what is not recorded" : "next poll";
                add(backwards, Math.max(from, before), at, present.service(), kind, name);
                at = Math.max(from, before);
            }
        }
        Collections.reverse(backwards);
        return backwards;
    }

    private ThreadTrack track(Span span) {
        ThreadTrack track = tracks.get(ThreadTrack.Key.of(span));
        if (track == null) {
            throw new IllegalArgumentException("span " + span + " is of no track");
        }
        return track;
    }

    private static void walk(ThreadTrack track, Span top, long from, long to, List<PathStep> backwards) {
        List<Stretch> stretches = track.stretches();
        for (int i = stretches.size() - 1; i >= 0; i--) {
            Stretch stretch = stretches.get(i);
            long begin = Math.max(from, stretch.from());
            long end = Math.min(to, stretch.to());
            if (begin < end) {
                add(backwards, begin, end, top.service(), stretch.span().kind(), Work.name(stretch.span()));
            } else if (stretch.to() <= from) {
                return;
            }
        }
    }

    /** The latest of what a span waited for; null where nothing is known to have led to it. */
    private @Nullable Arrival arrival(Span span) {
        Arrival latest = null;
        if (span.cause() != null) {
            Span cause = byId.get(new Caused(span.service(), span.replica(), span.cause()));
            if (cause != null) {
                latest = new Arrival(Math.min(cause.end(), span.start()), cause, "hand-over to another thread");
            }
        }
        if (span.takes() != null) {
            Span publication = publication(span, span.takes());
            if (publication != null) {
                latest = later(
                        latest,
                        new Arrival(
                                Math.min(publication.end(), span.start()), publication, "delivery of " + span.takes()));
            }
        }
        return latest;
    }

    private @Nullable Span publication(Span taker, String topic) {
        Span latest = null;
        Span unfinished = null;
        for (Span candidate : publications.getOrDefault(new Topical(taker.run(), taker.round(), topic), List.of())) {
            if (candidate.end() <= taker.start() + ACKNOWLEDGED_LATER) {
                latest = latest == null || candidate.end() > latest.end() ? candidate : latest;
            } else if (candidate.start() <= taker.start()) {
                unfinished = candidate;
            }
        }
        return latest == null ? unfinished : latest;
    }

    private static @Nullable Arrival later(@Nullable Arrival one, @Nullable Arrival other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return other.at() > one.at() ? other : one;
    }

    private static void add(List<PathStep> backwards, long from, long to, String service, SpanKind kind, String name) {
        if (from >= to) {
            return;
        }
        PathStep step = new PathStep(from, to, service, kind, name);
        int last = backwards.size() - 1;
        if (last >= 0 && backwards.get(last).isLike(step)) {
            backwards.set(last, new PathStep(from, backwards.get(last).to(), service, kind, name));
        } else {
            backwards.add(step);
        }
    }
}
