package dev.tempo.policy;

import dev.tempo.contract.Purpose;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** Where every run stands, for people and probes to look at from any thread. */
@Component
public final class RunBoard {
    /** What a run does at present. */
    sealed interface Standing permits Waiting, Locked, Stopped {}

    /**
     * A run that waits for rows, or is through.
     *
     * @param missing rows by purpose; empty when the run is complete
     * @param since when the last row of the round came, or the round began
     */
    record Waiting(int round, Map<Purpose, Integer> missing, Instant since) implements Standing {
        Waiting {
            missing = Map.copyOf(missing);
        }
    }

    /** A run whose checkpoint another trainer holds. */
    record Locked() implements Standing {}

    /** A run that cannot go on. */
    record Stopped(String reason) implements Standing {}

    private final Map<String, Standing> standings = new ConcurrentHashMap<>();
    private final Clock clock;
    private final Duration patience;

    RunBoard(Clock clock, PolicyProperties properties) {
        this.clock = clock;
        this.patience = properties.patience();
    }

    void waiting(String run, int round, Map<Purpose, Integer> missing) {
        if (!(standings.get(run) instanceof Waiting before
                && before.round() == round
                && before.missing().equals(missing))) {
            standings.put(run, new Waiting(round, missing, clock.instant()));
        }
    }

    void locked(String run) {
        standings.put(run, new Locked());
    }

    void stopped(String run, String reason) {
        standings.put(run, new Stopped(reason));
    }

    void remove(String run) {
        standings.remove(run);
    }

    void clear() {
        standings.clear();
    }

    Map<String, Standing> standings() {
        return Map.copyOf(standings);
    }

    /** Whether some run waits for its checkpoint. */
    public boolean anyLocked() {
        return standings.values().stream().anyMatch(Locked.class::isInstance);
    }

    /** Whether nothing has come for longer than requesters take to give up. */
    boolean isStalled(Standing standing) {
        return standing instanceof Waiting waiting
                && !waiting.missing().isEmpty()
                && waiting.since().plus(patience).isBefore(clock.instant());
    }

    /** In words, for people. */
    String describe(String run) {
        Standing standing = standings.get(run);
        return standing == null ? "not begun" : describe(standing);
    }

    private String describe(Standing standing) {
        if (standing instanceof Stopped run) {
            return "stopped: " + run.reason();
        }
        if (standing instanceof Waiting run) {
            return run.missing().isEmpty() ? "complete at version " + run.round() : waitsFor(run);
        }
        return "waits for its checkpoint, which another trainer holds";
    }

    private String waitsFor(Waiting run) {
        List<String> rows = new ArrayList<>();
        for (Purpose purpose : Purpose.values()) {
            Integer missing = run.missing().get(purpose);
            if (missing != null) {
                rows.add(missing + " " + purpose.word());
            }
        }
        long seconds = Duration.between(run.since(), clock.instant()).toSeconds();
        return "round " + run.round() + " waits for " + String.join(" and ", rows)
                + " rows of valued-trajectories; the last came " + seconds + " s ago";
    }
}
