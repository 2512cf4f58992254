package dev.tempo.runs;

import dev.tempo.contract.Run;
import dev.tempo.contract.RunState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The runs that were announced to a service, each in its last announced state. A run's first records may arrive before its
 * announcement, which comes on another topic: such records wait for a while before they count as those of a run that nobody
 * wants any more. Thread-safe.
 */
public final class KnownRuns {
    private final Duration patience;
    private final InstantSource clock;
    private final Map<String, Run> known = new ConcurrentHashMap<>();
    private final Map<String, Instant> missedSince = new ConcurrentHashMap<>();
    private final Map<String, BooleanSupplier> looks = new ConcurrentHashMap<>();
    private final Set<String> unknown = ConcurrentHashMap.newKeySet();
    private volatile boolean caughtUp;
    private volatile boolean hasReader;
    private volatile Supplier<BooleanSupplier> reader = () -> () -> false;

    /**
     * Makes an empty set of runs.
     *
     * @param patience how long records of a run that is not known, or not active, wait for it to become so
     */
    public KnownRuns(Duration patience, InstantSource clock) {
        this.patience = patience;
        this.clock = clock;
    }

    /**
     * Makes unknown runs wait for the reader of announcements as well: a run is announced before anything is asked for it, so that
     * one is unknown for good only when all that was announced before its first record came here has been read.
     *
     * @param announcements of which each supplied question says whether the reader has come to where the topic ended then
     */
    public void readBy(Supplier<BooleanSupplier> announcements) {
        reader = announcements;
        hasReader = true;
    }

    /** Takes an announcement: a run that is new or has another state. */
    public void on(Run run) {
        known.put(run.run(), run);
        missedSince.remove(run.run());
        looks.remove(run.run());
        unknown.remove(run.run());
    }

    /** Notes that everything announced before the service started has been read. */
    public void caughtUp() {
        caughtUp = true;
    }

    /** The run with an id if it is active; otherwise null. */
    public @Nullable Run active(String id) {
        Run run = known.get(id);
        return run != null && run.state() == RunState.ACTIVE ? run : null;
    }

    /** The run with an id if it is active or paused; null if it is finished or unknown. */
    public @Nullable Run unfinished(String id) {
        Run run = known.get(id);
        return run == null || run.state().isOver() ? null : run;
    }

    /** Whether the run with an id was announced and is over. */
    public boolean isOver(String id) {
        Run run = known.get(id);
        return run != null && run.state().isOver();
    }

    /**
     * Whether a run was never announced and will not be: records of it have waited for as long as they may, and the announcements
     * are read as far. False where {@link #readBy} has named no reader.
     */
    public boolean isUnknown(String id) {
        if (!hasReader || known.containsKey(id) || isWithinPatience(id)) {
            return false;
        }
        BooleanSupplier isRead = looks.computeIfAbsent(id, missed -> reader.get());
        if (!isRead.getAsBoolean() || known.containsKey(id)) {
            return false;
        }
        unknown.add(id);
        return true;
    }

    /** The run with an id in its last announced state; null while there is none. */
    @Nullable
    Run announced(String id) {
        return known.get(id);
    }

    /** Whether records of a run that is unknown should wait rather than be dropped. */
    public boolean mayBecomeKnown(String id) {
        return !known.containsKey(id) && isAwaited(id);
    }

    /** Whether records of a run that is not active should wait rather than be dropped. */
    public boolean mayBecomeActive(String id) {
        Run run = known.get(id);
        return (run == null || !run.state().isOver()) && isAwaited(id);
    }

    /** The active runs, in the order of their ids. */
    public List<Run> active() {
        return known.values().stream()
                .filter(run -> run.state() == RunState.ACTIVE)
                .sorted(Comparator.comparing(Run::run))
                .toList();
    }

    private boolean isAwaited(String id) {
        // where records of unknown runs are refused, none is dropped before that
        return isWithinPatience(id) || (hasReader && !known.containsKey(id) && !unknown.contains(id));
    }

    private boolean isWithinPatience(String id) {
        if (!caughtUp) {
            return true;
        }
        Instant now = clock.instant();
        Instant since = missedSince.computeIfAbsent(id, missed -> now);
        return now.isBefore(since.plus(patience));
    }
}
