package dev.tempo.judge;

import dev.tempo.contract.Run;
import dev.tempo.contract.RunState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which runs are being worked on. A run's first trajectories may overtake the news that it is active, so they wait a
 * little before they are taken for those of a run that nobody wants any more. Thread-safe.
 */
public final class ActiveRuns {
    private final Duration patience;
    private final InstantSource clock;
    private final Map<String, Run> known = new ConcurrentHashMap<>();
    private final Map<String, Instant> missedSince = new ConcurrentHashMap<>();
    private volatile boolean caughtUp;

    /** @param patience how long records of a run that is unknown or paused wait for it to become active */
    public ActiveRuns(Duration patience, InstantSource clock) {
        this.patience = patience;
        this.clock = clock;
    }

    public void on(Run run) {
        known.put(run.run(), run);
        missedSince.remove(run.run());
    }

    /** All that was known when the service started is here. */
    public void caughtUp() {
        caughtUp = true;
    }

    /** The run, if it is active. */
    @Nullable
    Run active(String run) {
        Run submitted = known.get(run);
        return submitted != null && submitted.state() == RunState.ACTIVE ? submitted : null;
    }

    /** Whether records of a run that is not active should wait rather than be dropped. */
    boolean mayBecomeActive(String run) {
        Run submitted = known.get(run);
        if (submitted != null && submitted.state() == RunState.FINISHED) {
            return false;
        }
        if (!caughtUp) {
            return true;
        }
        Instant since = missedSince.computeIfAbsent(run, missed -> clock.instant());
        return clock.instant().isBefore(since.plus(patience));
    }

    long count() {
        return known.values().stream()
                .filter(run -> run.state() == RunState.ACTIVE)
                .count();
    }
}
