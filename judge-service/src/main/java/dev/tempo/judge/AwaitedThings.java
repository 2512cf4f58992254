package dev.tempo.judge;

import dev.tempo.contract.Awaited;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The things that trajectories of each purpose wait for, and since when. Thread-safe. */
public final class AwaitedThings {
    private final InstantSource clock;
    private final Map<String, Noted> byTopic = new ConcurrentHashMap<>();

    /** What a topic waits for. */
    record Noted(Obstacle obstacle, Instant since) {}

    public AwaitedThings(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Notes what a topic waits for.
     *
     * @param topic of verdicts, or of what they are on
     * @param obstacle null when nothing is waited for any more
     */
    public void note(String topic, @Nullable Obstacle obstacle) {
        byTopic.compute(topic, (name, before) -> {
            if (obstacle == null) {
                return null;
            }
            return before != null && before.obstacle().equals(obstacle) ? before : new Noted(obstacle, clock.instant());
        });
    }

    /** The waits as other services tell theirs; the trajectories of a topic may be of several runs. */
    List<Awaited> awaited() {
        return new TreeMap<>(byTopic)
                .entrySet().stream()
                        .map(entry -> awaited(entry.getKey(), entry.getValue()))
                        .toList();
    }

    private static Awaited awaited(String topic, Noted noted) {
        String trajectories = topic.replaceFirst("^judged-", "").replace('-', ' ');
        Obstacle obstacle = noted.obstacle();
        return new Awaited(null, obstacle.awaitedFor(trajectories), obstacle.from(), noted.since(), List.of());
    }

    Map<String, Noted> byTopic() {
        return Map.copyOf(byTopic);
    }
}
