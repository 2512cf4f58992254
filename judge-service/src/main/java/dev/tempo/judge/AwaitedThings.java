package dev.tempo.judge;

import dev.tempo.contract.Awaited;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The things that trajectories of each purpose wait for, and since when. Thread-safe. */
public final class AwaitedThings {
    private final InstantSource clock;
    private final Map<String, Awaited> byTopic = new ConcurrentHashMap<>();

    public AwaitedThings(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Notes what a topic waits for.
     *
     * @param reason null when nothing is waited for any more
     */
    public void note(String topic, @Nullable String reason) {
        byTopic.compute(topic, (name, before) -> {
            if (reason == null) {
                return null;
            }
            return before != null && before.from().equals(reason)
                    ? before
                    : new Awaited(null, topic + " waits", reason, clock.instant(), List.of());
        });
    }

    /** The waits as other services tell theirs; the trajectories of a topic may be of several runs. */
    List<Awaited> awaited() {
        return List.copyOf(new TreeMap<>(byTopic).values());
    }

    Map<String, Awaited> byTopic() {
        return Map.copyOf(byTopic);
    }
}
