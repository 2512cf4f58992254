package dev.tempo.standalone.reproduce;

import dev.tempo.eval.reproduction.MethodSummary;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The pace of a suite: how long a round of each method took, and so how long those that are left will take. */
final class SuitePace {
    private final Map<String, Double> secondsPerRound = new HashMap<>();

    /** The news of a finished run. */
    void finished(MethodSummary summary) {
        summary.secondsPerRound().ifPresent(seconds -> secondsPerRound.put(summary.method(), seconds));
    }

    /** The time that the runs will take, at the pace of the last one of their method, or else of all; empty before any. */
    Optional<Duration> left(List<PlannedRun> runs) {
        if (secondsPerRound.isEmpty()) {
            return Optional.empty();
        }
        double usual = secondsPerRound.values().stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElseThrow();
        double seconds = 0;
        for (PlannedRun run : runs) {
            seconds += run.rounds() * secondsPerRound.getOrDefault(run.method(), usual);
        }
        return Optional.of(Duration.ofSeconds(Math.round(seconds)));
    }
}
