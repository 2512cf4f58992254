package dev.tempo.serving.version;

import dev.tempo.model.WeightType;
import dev.tempo.model.inference.GenerationLimits;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * memory: nobody waits for loading, and no request is lost. A successor that cannot be loaded is tried again, with growing
 * pauses.
 *
 * <p>No call waits for files or for a version to be freed: both are done in a thread of this class. Thread-safe.
 */
public final class VersionDesk implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(VersionDesk.class);

    private final VersionCatalog catalog;
    private final int room;
    private final GenerationLimits limits;
    private final WeightType type;
    private final Map<ServedVersion, Place> places = new LinkedHashMap<>(16, 0.75f, true);
    private final Deque<Waiting> queue = new ArrayDeque<>();
    private final LoadFailures failures = new LoadFailures(System::nanoTime);
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
     * @return fails with an {@link UnusableVersionException} if it cannot be loaded
     * @throws NoSuchVersionException if there is none of this name
     * @throws NotYetServedException if there is none yet
     */
    public synchronized CompletableFuture<Loan> lend(String model) {
        VersionListing listing = catalog.listing();
        boolean plain = model.equals(listing.name());
        ServedVersion present = current != null && current.name().equals(listing.name()) ? current : null;
        ServedVersion version = plain && room > 1 && present != null ? present : listing.found(model);
        if (plain) {
            expectServed(listing);
        }
        Place place = places.get(version);
        Optional<Throwable> against = place == null ? failures.against(version) : Optional.empty();
        if (against.isPresent()) {
            return CompletableFuture.failedFuture(new UnusableVersionException(version.id(), against.get()));
        }
        if (plain && (present == null || room == 1)) {
            current = version;
        }
        if (place != null && (queue.isEmpty() || (room > 1 && version.equals(present)))) {
            return CompletableFuture.completedFuture(new Loan(place));
        }
        CompletableFuture<Loan> loan = new CompletableFuture<>();
        queue.add(new Waiting(version, loan));
        serveQueue();
        return loan;
    }

    /** Loads the version that answers under the plain name, where another has taken over since or it could not be loaded before. */
    public synchronized void refresh() {
        VersionListing listing = catalog.listing();
        failures.retain(listing.versions());
        if (current != null) {
            expectServed(listing);
        }
    }

    /** The version that answers under the plain name, once it is in memory. */
    public synchronized Optional<ServedVersion> answering() {
        return Optional.ofNullable(current).filter(places::containsKey);
    }

    /** The versions that could not be loaded when they were last tried, with the reasons. */
    public synchronized Map<String, String> refused() {
        return failures.reasons();
    }

    private void expectServed(VersionListing listing) {
        ServedVersion present = current;
        ServedVersion served = listing.served().orElse(null);
        if (room == 1
                || present == null
                || served == null
                || served.equals(present)
                || served.equals(expected)
                || failures.against(served).isPresent()) {
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
        if (served.equals(expected)) {
            expected = null;
        }
        // While it was loaded another one may have been promoted, or this one taken back.
        if (catalog.listing().served().filter(served::equals).isPresent()) {
            current = served;
            LOG.atInfo().addKeyValue("version", served.id()).log("another version answers from now on");
        }
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
                if (!busy) {
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

    /** Begins to load a version if there is room, or another can go: memory is reckoned for so many versions and not for one more. */
    private void begin(ServedVersion version) {
        Optional<ServedVersion> leaving = places.size() < room ? Optional.empty() : leastRecentlyUsed();
        if (places.size() < room || leaving.isPresent()) {
            busy = true;
            Optional<LoadedVersion> freed = leaving.map(places::remove).map(place -> place.version);
            loading.execute(() -> {
                freed.ifPresent(LoadedVersion::close);
                load(version);
            });
        }
    }

    /** The version in memory that nobody has used for longest; empty if all of them are in use. */
    private Optional<ServedVersion> leastRecentlyUsed() {
        return places.entrySet().stream()
                .filter(entry -> entry.getValue().loans == 0)
                .map(Map.Entry::getKey)
                .filter(version -> room == 1 || !version.equals(current))
                .findFirst();
    }

    private void load(ServedVersion version) {
        try {
            loaded(version, LoadedVersion.load(version, limits, type));
        } catch (RuntimeException | Error unusable) {
            UnusableVersionException reason = new UnusableVersionException(version.id(), unusable);
            refused(version, unusable).forEach(waiting -> waiting.loan.completeExceptionally(reason));
        }
        serveQueue();
    }

    private void loaded(ServedVersion version, LoadedVersion loaded) {
        synchronized (this) {
            busy = false;
            if (!closed) {
                places.put(version, new Place(loaded));
                failures.forget(version);
                return;
            }
        }
        loaded.close();
    }

    /** Notes that a version cannot be loaded, and gives those who wait for it. */
    private synchronized List<Waiting> refused(ServedVersion version, Throwable reason) {
        busy = false;
        List<Waiting> inVain = new ArrayList<>();
        queue.removeIf(waiting -> waiting.version.equals(version) && inVain.add(waiting));
        if (version.equals(current)) {
            current = null;
        }
        if (version.equals(expected)) {
            expected = null;
        }
        Duration pause = failures.note(version, reason);
        LOG.atWarn()
                .addKeyValue("version", version.id())
                .addKeyValue("reason", reason.getMessage())
                .addKeyValue("seconds", pause.toSeconds())
                .log("a version cannot be loaded; it is not tried again before so many seconds");
        return inVain;
    }

    /** Gives up whoever waits, and frees all versions; answers that are being written are given up too. */
    @Override
    public void close() {
        List<Waiting> left;
        List<Place> freed;
        synchronized (this) {
            closed = true;
            left = List.copyOf(queue);
            queue.clear();
            freed = List.copyOf(places.values());
            places.clear();
        }
        loading.shutdown();
        freed.forEach(place -> place.version.close());
        left.forEach(waiting -> waiting.loan.completeExceptionally(new IllegalStateException("the server stops")));
    }
}
