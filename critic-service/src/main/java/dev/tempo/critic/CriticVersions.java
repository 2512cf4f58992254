package dev.tempo.critic;

import dev.tempo.contract.CriticVersion;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The critic versions that were announced, of all runs. Thread-safe. */
public final class CriticVersions {
    private final Map<String, Map<Integer, CriticVersion>> byRun = new ConcurrentHashMap<>();

    /** A critic version is there. */
    public void on(CriticVersion version) {
        byRun.computeIfAbsent(version.run(), run -> new ConcurrentHashMap<>()).put(version.version(), version);
    }

    @Nullable
    CriticVersion version(String run, int version) {
        return byRun.getOrDefault(run, Map.of()).get(version);
    }
}
