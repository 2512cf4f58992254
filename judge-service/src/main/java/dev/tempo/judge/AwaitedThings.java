package dev.tempo.judge;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The things that trajectories of each purpose wait for, and since when. Thread-safe. */
public final class AwaitedThings {
    private final InstantSource clock;
    private final Map<String, Wait> byTopic = new ConcurrentHashMap<>();

    record Wait(String reason, Instant since) {}

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
            return before != null && Objects.equals(before.reason, reason) ? before : new Wait(reason, clock.instant());
        });
    }

    Map<String, Wait> byTopic() {
        return Map.copyOf(byTopic);
    }
}
