package dev.tempo.rollout;

import dev.tempo.contract.PolicyVersion;
import dev.tempo.contract.Run;
import dev.tempo.messaging.Received;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The times at which the rounds began that are open: trajectories from before that are of no use to the planner, and a workspace may hold
 * millions of them. Thread-safe.
 */
public final class OpenRounds {
    /** The clocks of two machines may differ; should they by more, what was answered is asked again and counts once. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    private static final Instant FAR = Instant.parse("9999-01-01T00:00:00Z");

    private final Set<String> unfinished = new HashSet<>();
    private final Map<String, Newest> newest = new HashMap<>();

    private record Newest(int version, Instant at) {}

    /** A run is in a state. */
    public synchronized void on(Run run) {
        if (run.state().isOver()) {
            unfinished.remove(run.run());
        } else {
            unfinished.add(run.run());
        }
    }

    /** A version was published, with which its round begins. */
    public synchronized void on(Received<PolicyVersion> published) {
        PolicyVersion version = published.message();
        Newest known = newest.get(version.run());
        if (known == null || known.version <= version.version()) {
            newest.put(version.run(), new Newest(version.version(), published.written()));
        }
    }

    /** The time since which trajectories may belong to a round that is open; far away where there is none. */
    public synchronized Instant since() {
        return unfinished.stream()
                .map(newest::get)
                .filter(Objects::nonNull)
                .map(version -> version.at.minus(SKEW))
                .min(Instant::compareTo)
                .orElse(FAR);
    }
}
