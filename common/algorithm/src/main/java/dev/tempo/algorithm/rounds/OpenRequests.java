package dev.tempo.algorithm.rounds;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A ledger of sent requests: which of their samples are still owed, since when, and how often each request was sent. Time is
 * an argument. Not thread-safe: one thread owns it.
 *
 * @param <K> the id of a request, compared by equals
 */
public final class OpenRequests<K> {
    private final int maxAttempts;
    private final Map<K, Entry> entries = new LinkedHashMap<>();

    /**
     * Makes an empty ledger.
     *
     * @param maxAttempts how often a request is sent in all, the first time included, before it is given up
     */
    public OpenRequests(int maxAttempts) {
        if (maxAttempts < 1) {
            throw new IllegalArgumentException(
                    "a request is asked for at least once, but maxAttempts is " + maxAttempts);
        }
        this.maxAttempts = maxAttempts;
    }

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
     * The requests that are overdue.
     *
     * @param askAgain requests to send again under the same id; the new attempt is counted already
     * @param exhausted requests that had their last attempt: their missing samples are to be failed; the ledger has closed
     *     them
     */
    public record Overdue<K>(List<Request<K>> askAgain, List<Request<K>> exhausted) {
        public Overdue {
            askAgain = List.copyOf(askAgain);
            exhausted = List.copyOf(exhausted);
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
     * The requests that were last sent {@code patience} ago or longer, in the order of their opening. The ledger takes them
     * for sent again now, or closes them after their last attempt.
     */
    public Overdue<K> overdue(Instant now, Duration patience) {
        List<Request<K>> askAgain = new ArrayList<>();
        List<Request<K>> exhausted = new ArrayList<>();
        Iterator<Map.Entry<K, Entry>> open = entries.entrySet().iterator();
        while (open.hasNext()) {
            Map.Entry<K, Entry> next = open.next();
            Entry entry = next.getValue();
            if (entry.askedAt.plus(patience).isAfter(now)) {
                continue;
            }
            if (entry.attempt == maxAttempts) {
                exhausted.add(entry.request(next.getKey()));
                open.remove();
            } else {
                entry.attempt++;
                entry.askedAt = now;
                askAgain.add(entry.request(next.getKey()));
            }
        }
        return new Overdue<>(askAgain, exhausted);
    }

    /** The request that has been open for longest, whenever it was last sent: a watchdog looks at it. */
    public Optional<Request<K>> oldest() {
        return entries.entrySet().stream()
                .min((a, b) -> a.getValue().openedAt.compareTo(b.getValue().openedAt))
                .map(oldest -> oldest.getValue().request(oldest.getKey()));
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
