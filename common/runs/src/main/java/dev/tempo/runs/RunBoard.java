package dev.tempo.runs;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A board on which a trainer writes where each of its runs stands, for people, health and metrics to read from any thread.
 * What is stalled is decided here alone.
 */
public final class RunBoard {

    /** What a run does at present. */
    public sealed interface Standing permits Going, Waiting, Locked, Stopped {}

    /** A run that does not wait for rows: it is done, or it is somebody else's turn. */
    public record Going(String words) implements Standing {}

    /**
     * A run that waits for rows.
     *
     * @param words which rows of which round
     * @param since when the last of them came, or the round began
     */
    public record Waiting(String words, Instant since) implements Standing {}

    /** A run whose checkpoint another trainer holds. */
    public record Locked() implements Standing {}

    /** A run that cannot go on. */
    public record Stopped(String reason) implements Standing {}

    private final Map<String, Standing> standings = new ConcurrentHashMap<>();
    private final Duration stalledAfter;
    private final InstantSource clock;

    /** @param stalledAfter without any new row, a round that waits for rows is stalled */
    public RunBoard(Duration stalledAfter, InstantSource clock) {
        this.stalledAfter = stalledAfter;
        this.clock = clock;
    }

    public void going(String run, String words) {
        standings.put(run, new Going(words));
    }

    /** The run waits; since when is known from the first time that it was written in the same words. */
    public void waiting(String run, String words) {
        if (!(standings.get(run) instanceof Waiting before && before.words().equals(words))) {
            waiting(run, words, clock.instant());
        }
    }

    public void waiting(String run, String words, Instant since) {
        standings.put(run, new Waiting(words, since));
    }

    public void locked(String run) {
        standings.put(run, new Locked());
    }

    public void stopped(String run, String reason) {
        standings.put(run, new Stopped(reason));
    }

    public void remove(String run) {
        standings.remove(run);
    }

    public void clear() {
        standings.clear();
    }

    /** All standings, by run. */
    public Map<String, Standing> standings() {
        return new TreeMap<>(standings);
    }

    /** Whether some run waits for its checkpoint. */
    public boolean anyLocked() {
        return standings.values().stream().anyMatch(Locked.class::isInstance);
    }

    public boolean isStopped(String run) {
        return standings.get(run) instanceof Stopped;
    }

    public boolean anyStopped() {
        return standings.values().stream().anyMatch(Stopped.class::isInstance);
    }

    public boolean isStalled(String run) {
        return isStalled(standings.get(run));
    }

    public int stalledRuns() {
        return (int) standings.values().stream().filter(this::isStalled).count();
    }

    /** In words, for people. */
    public String describe(String run) {
        Standing standing = standings.get(run);
        if (standing instanceof Going going) {
            return going.words();
        }
        if (standing instanceof Waiting waiting) {
            long seconds = Duration.between(waiting.since(), clock.instant()).toSeconds();
            return waiting.words() + "; the last came " + seconds + " s ago";
        }
        if (standing instanceof Stopped stopped) {
            return "stopped: " + stopped.reason();
        }
        return standing == null ? "not begun" : "waits for its checkpoint, which another trainer holds";
    }

    private boolean isStalled(@Nullable Standing standing) {
        return standing instanceof Waiting waiting
                && waiting.since().plus(stalledAfter).isBefore(clock.instant());
    }
}
