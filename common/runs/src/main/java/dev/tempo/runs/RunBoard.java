package dev.tempo.runs;

import dev.tempo.contract.Awaited;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A board that shows where each run of a trainer stands. The trainer writes it; people, health checks and metrics read it
 * from any thread. This class alone decides what counts as stalled.
 */
public final class RunBoard {

    /** The standing of a run: what it does at present. */
    public sealed interface Standing permits Going, Waiting, Idle, Stopped {
        /** What the run waits for; null where it waits for nothing. */
        default @Nullable Awaited awaited() {
            return null;
        }
    }

    /**
     * The standing of a run that does not wait for rows: it is done, or another service has to act.
     *
     * @param words the standing in words, for people
     */
    public record Going(String words) implements Standing {}

    /**
     * The standing of a run that waits for rows of a round.
     *
     * @param awaited which rows of which round
     */
    public record Waiting(Awaited awaited) implements Standing {}

    /**
     * The standing of a run that waits for somebody to give it something to do, which is no fault, however long it takes.
     *
     * @param awaited what it could go on with
     */
    public record Idle(Awaited awaited) implements Standing {}

    /**
     * The standing of a run that cannot go on.
     *
     * @param reason why, in words for the run's user
     */
    public record Stopped(String reason) implements Standing {}

    private final Map<String, Standing> standings = new ConcurrentHashMap<>();
    private final Duration stalledAfter;
    private final InstantSource clock;

    /**
     * Makes an empty board.
     *
     * @param stalledAfter a round that waits for rows is stalled if none arrives for this long
     */
    public RunBoard(Duration stalledAfter, InstantSource clock) {
        this.stalledAfter = stalledAfter;
        this.clock = clock;
    }

    /** Writes that a run does not wait for rows. */
    public void going(String run, String words) {
        standings.put(run, new Going(words));
    }

    /**
     * Writes that a run waits for rows; it has waited since the first time that this was written in the same words.
     *
     * @param from the service that writes the rows
     * @param missing ids of the first rows
     */
    public void waiting(String run, String words, String from, List<String> missing) {
        if (!(standings.get(run) instanceof Waiting before
                && before.awaited().what().equals(words))) {
            waiting(run, new Awaited(run, words, from, clock.instant(), missing));
        }
    }

    /** Writes that a run has waited for rows since a given time. */
    public void waiting(String run, Awaited awaited) {
        standings.put(run, new Waiting(awaited));
    }

    /**
     * Writes that a run waits for somebody to give it something to do; it has since the first time that this was written of it.
     *
     * @param from who gives it, or where it comes from; another one is another wait
     */
    public void idle(String run, String words, String from) {
        Instant since = standings.get(run) instanceof Idle before
                        && before.awaited().from().equals(from)
                ? before.awaited().since()
                : clock.instant();
        standings.put(run, new Idle(new Awaited(run, words, from, since, List.of())));
    }

    /** The rows, and what else, that runs wait for, in the order of the runs' ids. */
    public List<Awaited> awaited() {
        return standings().values().stream()
                .map(Standing::awaited)
                .filter(Objects::nonNull)
                .toList();
    }

    /** Writes that a run cannot go on. */
    public void stopped(String run, String reason) {
        standings.put(run, new Stopped(reason));
    }

    /** Writes that a run cannot go on, and why: where a file could not be read or written, what the file system said of it, too. */
    public void stopped(String run, RuntimeException reason) {
        String words = reason.getMessage() == null ? reason.toString() : reason.getMessage();
        String said = reason.getCause() instanceof IOException cause ? cause.getMessage() : null;
        stopped(run, said == null || words.contains(said) ? words : words + ": " + said);
    }

    /** Removes a run from the board. */
    public void remove(String run) {
        standings.remove(run);
    }

    public void clear() {
        standings.clear();
    }

    /** The standings of all runs, by run id. */
    public Map<String, Standing> standings() {
        return new TreeMap<>(standings);
    }

    public boolean isStopped(String run) {
        return standings.get(run) instanceof Stopped;
    }

    public boolean anyStopped() {
        return standings.values().stream().anyMatch(Stopped.class::isInstance);
    }

    /** Whether a run has waited for rows too long. */
    public boolean isStalled(String run) {
        return isStalled(standings.get(run));
    }

    /** The rows alone that runs wait for: one that is idle waits for none. */
    public List<Awaited> awaitedRows() {
        return standings().values().stream()
                .filter(Waiting.class::isInstance)
                .map(Standing::awaited)
                .filter(Objects::nonNull)
                .toList();
    }

    /** The clock by which waits began. */
    public InstantSource clock() {
        return clock;
    }

    /** The number of runs that have waited for rows too long. */
    public int stalledRuns() {
        return (int) standings.values().stream().filter(this::isStalled).count();
    }

    /**
     * The standings in words, for a health indicator: each goes, under "run ID", to the taker that it concerns.
     *
     * @param stopped takes those of runs that cannot go on
     * @param stalled takes those of runs that have waited for rows too long
     * @param others takes all others
     */
    public void tell(
            BiConsumer<String, String> stopped, BiConsumer<String, String> stalled, BiConsumer<String, String> others) {
        for (String run : standings().keySet()) {
            BiConsumer<String, String> taker = isStopped(run) ? stopped : isStalled(run) ? stalled : others;
            taker.accept("run " + run, describe(run));
        }
    }

    /** The standing of a run in words, for people. */
    public String describe(String run) {
        Standing standing = standings.get(run);
        if (standing instanceof Going going) {
            return going.words();
        }
        if (standing instanceof Waiting waiting) {
            Awaited awaited = waiting.awaited();
            return awaited.what() + "; the last came "
                    + awaited.age(clock.instant()).toSeconds() + " s ago";
        }
        if (standing instanceof Idle idle) {
            return idle.awaited().what();
        }
        if (standing instanceof Stopped stopped) {
            return "stopped: " + stopped.reason();
        }
        return "not begun";
    }

    private boolean isStalled(@Nullable Standing standing) {
        return standing instanceof Waiting waiting
                && waiting.awaited().since().plus(stalledAfter).isBefore(clock.instant());
    }
}
