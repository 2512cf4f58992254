package dev.tempo.algorithm.rounds;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A ledger of sent requests: which of their samples are still owed, since when, and how often each request was sent. A request
 * that is late is sent again, as often as it takes; it stays open until all its samples have ended. Time is an argument. Not
 * thread-safe: one thread owns it.
 *
 * @param <K> the id of a request, compared by equals
 */
public final class OpenRequests<K> {
    /** Doublings of the wait after a request was sent again and again: who is away for hours finds few copies. */
    private static final int DOUBLINGS = 4;

    private final Map<K, Entry> entries = new LinkedHashMap<>();

    /**
     * A request of which samples are owed.
     *
     * @param missing the numbers of the owed samples, never empty
     * @param attempt how often the request was sent, counted from 1
     * @param askedAt when it was sent last
     */
    public record Request<K>(K id, List<Integer> missing, int attempt, Instant askedAt) {
        public Request {
            missing = List.copyOf(missing);
        }
    }

    /**
     * Notes that a request was sent for samples 0 to {@code samples - 1}.
     *
     * @return false if it is open already, in which case nothing changes
     */
    public boolean open(K id, int samples, Instant now) {
        if (samples < 1) {
            throw new IllegalArgumentException(
                    "request " + id + " must ask for at least 1 sample, but asks for " + samples);
        }
        if (entries.containsKey(id)) {
            return false;
        }
        entries.put(id, new Entry(samples, now));
        return true;
    }

    /**
     * Notes that a sample has ended, with a value or a failure; the last one closes the request.
     *
     * @return false if it was not owed: a duplicate, or of a request that is not open
     */
    public boolean settle(K id, int sample) {
        Entry entry = entries.get(id);
        if (entry == null || !entry.missing.remove(sample)) {
            return false;
        }
        if (entry.missing.isEmpty()) {
            entries.remove(id);
        }
        return true;
    }

    /**
     * The requests to send again under their ids, in the order of their opening. The ledger takes them for sent again now.
     *
     * @param patience with a request that was sent once; with one that was sent again it doubles each time, up to 16 times as
     *     much
     */
    public List<Request<K>> overdue(Instant now, Duration patience) {
        List<Request<K>> again = new ArrayList<>();
        entries.forEach((id, entry) -> {
            Duration wait = patience.multipliedBy(1L << Math.min(entry.attempt - 1, DOUBLINGS));
            if (!entry.askedAt.plus(wait).isAfter(now)) {
                entry.attempt++;
                entry.askedAt = now;
                again.add(entry.request(id));
            }
        });
        return again;
    }

    /** The request that has been open for longest, whenever it was last sent: a watchdog looks at it. */
    public Optional<Request<K>> oldest() {
        return entries.entrySet().stream()
                .min((a, b) -> a.getValue().openedAt.compareTo(b.getValue().openedAt))
                .map(oldest -> oldest.getValue().request(oldest.getKey()));
    }

    /** All open requests, in the order of their opening. */
    public List<Request<K>> open() {
        List<Request<K>> open = new ArrayList<>();
        entries.forEach((id, entry) -> open.add(entry.request(id)));
        return open;
    }

    /** The time at which the {@linkplain #oldest oldest} open request was opened. */
    Optional<Instant> oldestOpenedAt() {
        return entries.values().stream().map(entry -> entry.openedAt).min(Instant::compareTo);
    }

    /** Whether a sample of this request is owed. */
    public boolean isOpen(K id) {
        return entries.containsKey(id);
    }

    /** The number of open requests. */
    public int size() {
        return entries.size();
    }

    /** Whether no request is open. */
    boolean isEmpty() {
        return entries.isEmpty();
    }

    private static final class Entry {
        private final Instant openedAt;
        private final SortedSet<Integer> missing = new TreeSet<>();
        private int attempt = 1;
        private Instant askedAt;

        Entry(int samples, Instant now) {
            openedAt = now;
            askedAt = now;
            for (int sample = 0; sample < samples; sample++) {
                missing.add(sample);
            }
        }

        <K> Request<K> request(K id) {
            return new Request<>(id, List.copyOf(missing), attempt, askedAt);
        }
    }
}
