package dev.tempo.timeline.analysis;

import dev.tempo.timeline.Span;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The spans of one thread: those that lie in no other, one after the other, and the stretches that they consist of. */
final class ThreadTrack {
    private final List<Span> outermost = new ArrayList<>();
    private final List<Stretch> stretches = new ArrayList<>();
    private final Map<Long, Long> innerCpu = new HashMap<>();

    private ThreadTrack() {}

    /** A thread of a replica of a service: one process may hold several services. */
    record Key(String service, String replica, String thread) {
        static Key of(Span span) {
            return new Key(span.service(), span.replica(), span.thread());
        }
    }

    /**
     * The tracks of all threads.
     *
     * @param spans in order of their starts, those around others first
     */
    static Map<Key, ThreadTrack> of(List<Span> spans) {
        Map<Key, List<Span>> byThread = new LinkedHashMap<>();
        spans.forEach(span -> byThread.computeIfAbsent(Key.of(span), first -> new ArrayList<>())
                .add(span));
        Map<Key, ThreadTrack> tracks = new LinkedHashMap<>();
        byThread.forEach((key, own) -> {
            ThreadTrack track = new ThreadTrack();
            track.lay(own);
            tracks.put(key, track);
        });
        return tracks;
    }

    List<Span> outermost() {
        return outermost;
    }

    List<Stretch> stretches() {
        return stretches;
    }

    /** The processor time that a span took itself, without those inside of it; -1 where it is not known. */
    long ownCpu(Span span) {
        return span.cpu() < 0 ? -1 : Math.max(0, span.cpu() - innerCpu.getOrDefault(span.id(), 0L));
    }

    /** The latest of the outermost spans that begins before a moment. */
    @Nullable
    Span before(long moment) {
        int low = 0;
        int high = outermost.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (outermost.get(middle).start() < moment) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == 0 ? null : outermost.get(low - 1);
    }

    private void lay(List<Span> spans) {
        Deque<Span> open = new ArrayDeque<>();
        long at = Long.MIN_VALUE;
        for (Span span : spans) {
            at = close(open, span.start(), at);
            Span around = open.peek();
            if (around == null) {
                outermost.add(span);
            } else {
                add(around, at, span.start());
                innerCpu.merge(around.id(), Math.max(0, span.cpu()), Long::sum);
            }
            open.push(span);
            at = span.start();
        }
        close(open, Long.MAX_VALUE, at);
    }

    private long close(Deque<Span> open, long until, long from) {
        long at = from;
        while (!open.isEmpty() && open.peek().end() <= until) {
            Span ended = open.pop();
            add(ended, at, ended.end());
            at = Math.max(at, ended.end());
        }
        return at;
    }

    private void add(Span span, long from, long to) {
        if (to > from) {
            stretches.add(new Stretch(span, from, to));
        }
    }
}
