package dev.tempo.standalone.reproduce;

import dev.tempo.eval.reproduction.MethodSummary;
import dev.tempo.standalone.progress.LaterRuns;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The pace of a suite: how long a round of each method took, and so how long those that are left will take. */
final class SuitePace {
    private final Map<String, Double> secondsPerRound = new HashMap<>();
    private final Set<Long> begun = new HashSet<>();

    /** The news that a run is begun, with its seed's first stages where those are not there yet. */
    void begun(PlannedRun run) {
        begun.add(run.seed());
    }

    /** The news of a finished run. */
    void finished(MethodSummary summary) {
        summary.secondsPerRound().ifPresent(seconds -> secondsPerRound.put(summary.method(), seconds));
    }

    /**
     * What runs will take, at the pace of the last one of their method, or else of all; the first of a seed has all stages, the others its
     * last one.
     */
    LaterRuns left(List<PlannedRun> runs) {
        Set<Long> known = new HashSet<>(begun);
        double usual = secondsPerRound.values().stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(Double.NaN);
        double seconds = 0;
        int unknown = 0;
        for (PlannedRun run : runs) {
            int rounds = known.add(run.seed()) ? run.recipe().rounds() : run.rounds();
            double pace = secondsPerRound.getOrDefault(run.method(), usual);
            if (Double.isNaN(pace)) {
                unknown += rounds;
            } else {
                seconds += rounds * pace;
            }
        }
        return new LaterRuns(Duration.ofSeconds(Math.round(seconds)), unknown);
    }
}
