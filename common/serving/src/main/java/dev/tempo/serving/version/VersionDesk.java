package dev.tempo.serving.version;

import dev.tempo.model.WeightType;
import dev.tempo.model.inference.GenerationLimits;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The versions in memory, lent to those who ask them. A loan is of one version until it is given back, so that no answer mixes
 * two. Where there is no room for a version it is waited for, in the order of asking, until another is no longer in use:
 * versions take turns.
 *
 * <p>Where there is room for two, the version that answers under the plain name goes on answering until its successor is in
 * memory: nobody waits for loading, and no request is lost. Thread-safe.
 */
public final class VersionDesk implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(VersionDesk.class);

    private final VersionCatalog catalog;
    private final int room;
    private final GenerationLimits limits;
    private final WeightType type;
    private final Map<ServedVersion, Place> places = new LinkedHashMap<>(16, 0.75f, true);
    private final Deque<Waiting> queue = new ArrayDeque<>();
    private final ExecutorService loading = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "tempo-serving-loading");
        thread.setDaemon(true);
        return thread;
    });
    private @Nullable ServedVersion current;
    private @Nullable ServedVersion expected;
    private boolean busy;
    private boolean closed;

    /**
     * @param room versions in memory, at least 1
     * @param limits of each version
     * @param type in which they are loaded
     */
    public VersionDesk(VersionCatalog catalog, int room, GenerationLimits limits, WeightType type) {
        this.catalog = catalog;
        this.room = room;
        this.limits = limits;
        this.type = type;
    }

    private static final class Place {
        private final LoadedVersion version;
        private int loans;

        Place(LoadedVersion version) {
            this.version = version;
        }
    }

    private record Waiting(ServedVersion version, CompletableFuture<Loan> loan) {}

    /** A version in use, which stays in memory until the loan is closed. */
    public final class Loan implements AutoCloseable {
        private final Place place;
        private final AtomicBoolean open = new AtomicBoolean(true);

        private Loan(Place place) {
            this.place = place;
            place.loans++;
        }

        public LoadedVersion version() {
            return place.version;
        }

        @Override
        public void close() {
            if (open.getAndSet(false)) {
                giveBack(place);
            }
        }
    }

    /**
     * A version for use, now or once it is in memory. Actions that depend on the future run in a thread that loads versions or
     * gives them back, so they must be brief; a future that is cancelled waits no longer.
     *
     * @param model the plain name, or one with a number
     * @throws NoSuchVersionException if there is none of this name, or none yet
     */
    public synchronized CompletableFuture<Loan> lend(String model) {
        boolean plain = model.equals(catalog.name());
        ServedVersion present = current != null && current.name().equals(catalog.name()) ? current : null;
        ServedVersion version = plain && room > 1 && present != null ? present : find(model);
        if (plain) {
            expectServed();
        }
        Place place = places.get(version);
        if (place != null && (queue.isEmpty() || (room > 1 && version.equals(present)))) {
            return CompletableFuture.completedFuture(new Loan(place));
        }
        if (plain && present == null) {
            current = version;
        }
        CompletableFuture<Loan> loan = new CompletableFuture<>();
        queue.add(new Waiting(version, loan));
        serveQueue();
        return loan;
    }

    /** Loads the version that answers under the plain name, where another has been promoted since. */
    public synchronized void refresh() {
        if (current != null) {
            expectServed();
        }
    }

    private ServedVersion find(String model) {
        return catalog.find(model).orElseThrow(() -> new NoSuchVersionException(model));
    }

    private void expectServed() {
        ServedVersion present = current;
        ServedVersion served = catalog.served().orElse(null);
        if (room == 1 || present == null || served == null || served.equals(present) || served.equals(expected)) {
            return;
        }
        expected = served;
        CompletableFuture<Loan> loan = new CompletableFuture<>();
        loan.thenAccept(lent -> {
            succeed(served);
            lent.close();
        });
        queue.add(new Waiting(served, loan));
        serveQueue();
    }

    private synchronized void succeed(ServedVersion served) {
        current = served;
        expected = null;
        LOG.atInfo().addKeyValue("version", served.id()).log("another version answers from now on");
    }

    private synchronized void giveBack(Place place) {
        place.loans--;
        serveQueue();
    }

    /** Lends to those at the head of the queue, and begins to load what the first of them waits for. */
    private synchronized void serveQueue() {
        while (!closed && !queue.isEmpty()) {
            Waiting head = queue.element();
            if (head.loan.isDone()) {
                queue.remove();
                continue;
            }
            Place place = places.get(head.version);
            if (place == null) {
                if (!busy && hasRoom()) {
                    begin(head.version);
                }
                return;
            }
            queue.remove();
            Loan loan = new Loan(place);
            if (!head.loan.complete(loan)) {
                place.loans--;
            }
        }
    }

    /** Whether there is room, which is made first: memory is reckoned for so many versions and not for one more. */
    private boolean hasRoom() {
        Iterator<Map.Entry<ServedVersion, Place>> leastRecentlyUsed =
                places.entrySet().iterator();
        while (places.size() >= room && leastRecentlyUsed.hasNext()) {
            Map.Entry<ServedVersion, Place> entry = leastRecentlyUsed.next();
            boolean answering = room > 1 && entry.getKey().equals(current);
            if (entry.getValue().loans == 0 && !answering) {
                entry.getValue().version.close();
                leastRecentlyUsed.remove();
            }
        }
        return places.size() < room;
    }

    private void begin(ServedVersion version) {
        busy = true;
        loading.execute(() -> load(version));
    }

    private void load(ServedVersion version) {
        LoadedVersion loaded = null;
        Throwable failure = null;
        try {
            loaded = LoadedVersion.load(version, limits, type);
        } catch (RuntimeException | Error unusable) {
            failure = unusable;
        }
        List<Waiting> failed = loaded(version, loaded);
        for (Waiting waiting : failed) {
            waiting.loan.completeExceptionally(failure == null ? new NoSuchVersionException(version.id()) : failure);
        }
        if (failure != null) {
            LOG.atWarn()
                    .addKeyValue("version", version.id())
                    .addKeyValue("reason", failure.getMessage())
                    .log("a version cannot be loaded and is not served");
        }
        serveQueue();
    }

    /** Puts a version in its place, or gives those who wait for it in vain. */
    private synchronized List<Waiting> loaded(ServedVersion version, @Nullable LoadedVersion loaded) {
        busy = false;
        if (loaded != null && !closed) {
            places.put(version, new Place(loaded));
            return List.of();
        }
        if (loaded != null) {
            loaded.close();
        }
        List<Waiting> failed = new ArrayList<>();
        queue.removeIf(waiting -> waiting.version.equals(version) && failed.add(waiting));
        if (version.equals(current)) {
            current = null;
        }
        return failed;
    }

    /** Gives up whoever waits, and frees all versions; answers that are being written are given up too. */
    @Override
    public void close() {
        List<Waiting> left;
        synchronized (this) {
            closed = true;
            left = List.copyOf(queue);
            queue.clear();
            places.values().forEach(place -> place.version.close());
            places.clear();
        }
        loading.shutdown();
        left.forEach(waiting -> waiting.loan.completeExceptionally(new IllegalStateException("the server stops")));
    }
}
