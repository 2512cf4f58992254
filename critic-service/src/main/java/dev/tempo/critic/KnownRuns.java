package dev.tempo.critic;

import dev.tempo.contract.CriticVersion;
import dev.tempo.contract.RunSubmitted;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** All runs and their critic versions, as far as they have been read. Thread-safe. */
public final class KnownRuns {
    private final Map<String, RunSubmitted> runs = new ConcurrentHashMap<>();
    private final Map<String, Map<Integer, CriticVersion>> critics = new ConcurrentHashMap<>();

    public void on(RunSubmitted run) {
        runs.put(run.run(), run);
    }

    public void on(CriticVersion version) {
        critics.computeIfAbsent(version.run(), run -> new ConcurrentHashMap<>()).put(version.version(), version);
    }

    @Nullable RunSubmitted run(String run) {
        return runs.get(run);
    }

    @Nullable CriticVersion critic(String run, int version) {
        return critics.getOrDefault(run, Map.of()).get(version);
    }
}
