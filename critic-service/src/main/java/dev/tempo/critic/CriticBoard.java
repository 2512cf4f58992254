package dev.tempo.critic;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Where every run of this trainer stands, for people and for health. Thread-safe. */
public final class CriticBoard {
    private final Map<String, Standing> standings = new ConcurrentHashMap<>();
    private final Duration stalledAfter;
    private final InstantSource clock;

    /**
     * A run's standing.
     *
     * @param text in words
     * @param waitingSince since when the run waits for labeled trajectories without one arriving; null when it does not
     */
    record Standing(String text, boolean stopped, @Nullable Instant waitingSince) {}

    public CriticBoard(CriticProperties properties, InstantSource clock) {
        stalledAfter = properties.stalledAfter();
        this.clock = clock;
    }

    void at(String run, CriticRun critic) {
        String waiting = critic.waitingFor();
        standings.put(
                run,
                waiting == null
                        ? new Standing(critic.standing(), false, null)
                        : new Standing(waiting, false, critic.lastProgress()));
    }

    void locked(String run) {
        standings.put(run, new Standing("another trainer holds the checkpoint", false, null));
    }

    void stopped(String run, String reason) {
        standings.put(run, new Standing(reason, true, null));
    }

    void gone(String run) {
        standings.remove(run);
    }

    boolean isStopped(String run) {
        Standing standing = standings.get(run);
        return standing != null && standing.stopped();
    }

    boolean isStalled(Standing standing) {
        Instant since = standing.waitingSince();
        return since != null && since.plus(stalledAfter).isBefore(clock.instant());
    }

    int stalledRuns() {
        return (int) standings.values().stream().filter(this::isStalled).count();
    }

    Map<String, Standing> standings() {
        return new TreeMap<>(standings);
    }
}
