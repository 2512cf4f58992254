package dev.tempo.judge;

import dev.tempo.contract.Awaited;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
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

    /** The waits as other services tell theirs; the trajectories of a topic may be of several runs. */
    List<Awaited> awaited() {
        return new TreeMap<>(byTopic)
                .entrySet().stream()
                        .map(wait -> new Awaited(
                                null,
                                wait.getKey() + " waits",
                                wait.getValue().reason(),
                                wait.getValue().since(),
                                List.of()))
                        .toList();
    }

    Map<String, Wait> byTopic() {
        return Map.copyOf(byTopic);
    }
}
