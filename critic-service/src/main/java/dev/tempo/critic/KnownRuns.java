package dev.tempo.critic;

import dev.tempo.contract.CriticVersion;
import dev.tempo.contract.Run;
import dev.tempo.contract.RunState;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** All runs and their critic versions, as far as they have been read. Thread-safe. */
public final class KnownRuns {
    private final CriticProperties properties;
    private final InstantSource clock;
    private final Map<String, Run> runs = new ConcurrentHashMap<>();
    private final Map<String, Map<Integer, CriticVersion>> critics = new ConcurrentHashMap<>();
    private final Map<String, Instant> unknownSince = new ConcurrentHashMap<>();

    public KnownRuns(CriticProperties properties, InstantSource clock) {
        this.properties = properties;
        this.clock = clock;
    }

    /** A run is new or has another state. */
    public void on(Run run) {
        runs.put(run.run(), run);
    }

    /** A critic version is there. */
    public void on(CriticVersion version) {
        critics.computeIfAbsent(version.run(), run -> new ConcurrentHashMap<>()).put(version.version(), version);
    }

    /** The run, active or paused; null when it is finished or unknown. */
    @Nullable
    Run unfinished(String id) {
        Run run = runs.get(id);
        return run == null || run.state() == RunState.FINISHED ? null : run;
    }

    /** A run is announced before anything is asked for it, but on a topic of its own, which may be read a little later. */
    boolean mayStillCome(String id) {
        if (runs.containsKey(id)) {
            return false;
        }
        Instant now = clock.instant();
        Instant since = unknownSince.computeIfAbsent(id, first -> now);
        return since.plus(properties.unknownRunPatience()).isAfter(now);
    }

    @Nullable
    CriticVersion critic(String run, int version) {
        return critics.getOrDefault(run, Map.of()).get(version);
    }
}
