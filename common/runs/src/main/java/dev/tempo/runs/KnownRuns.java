package dev.tempo.runs;

import dev.tempo.contract.Run;
import dev.tempo.contract.RunState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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
    private volatile boolean caughtUp;

    /**
     * Makes an empty set of runs.
     *
     * @param patience how long records of a run that is not known, or not active, wait for it to become so
     */
    public KnownRuns(Duration patience, InstantSource clock) {
        this.patience = patience;
        this.clock = clock;
    }

    /** Takes an announcement: a run that is new or has another state. */
    public void on(Run run) {
        known.put(run.run(), run);
        missedSince.remove(run.run());
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
        return run == null || run.state() == RunState.FINISHED ? null : run;
    }

    /** Whether records of a run that is unknown should wait rather than be dropped. */
    public boolean mayBecomeKnown(String id) {
        return !known.containsKey(id) && isAwaited(id);
    }

    /** Whether records of a run that is not active should wait rather than be dropped. */
    public boolean mayBecomeActive(String id) {
        Run run = known.get(id);
        return (run == null || run.state() != RunState.FINISHED) && isAwaited(id);
    }

    /** The active runs, in the order of their ids. */
    public List<Run> active() {
        return known.values().stream()
                .filter(run -> run.state() == RunState.ACTIVE)
                .sorted(Comparator.comparing(Run::run))
                .toList();
    }

    private boolean isAwaited(String id) {
        if (!caughtUp) {
            return true;
        }
        Instant now = clock.instant();
        Instant since = missedSince.computeIfAbsent(id, missed -> now);
        return now.isBefore(since.plus(patience));
    }
}
