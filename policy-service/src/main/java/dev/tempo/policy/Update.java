package dev.tempo.policy;

import dev.tempo.model.training.StepStats;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The measurements of a round's refinement.
 *
 * @param statistics by metric name; empty where nothing moved
 * @param rows by what became of them: gradient, failed, undecided, empty, filtered; dropped where training went back
 * @param reasons why none of the rows carried gradient, by how often; empty where some did
 * @param wentBackTo the version to which training went back instead; null where it learned from the rows
 */
record Update(
        Map<String, Double> statistics,
        Map<String, Integer> rows,
        Map<String, Integer> reasons,
        @Nullable Integer wentBackTo) {
    Update {
        statistics = Map.copyOf(statistics);
        rows = Map.copyOf(rows);
        reasons = Map.copyOf(reasons);
    }

    Update(Map<String, Double> statistics, Map<String, Integer> rows) {
        this(statistics, rows, Map.of(), null);
    }

    static Update unchanged(Map<String, Integer> rows) {
        return new Update(Map.of(), rows);
    }

    /** No update, as training went back to an earlier version. */
    static Update back(int version, int rows) {
        return new Update(Map.of(), Map.of("dropped", rows), Map.of(), version);
    }

    /** This update, of which no row taught the policy anything. */
    Update because(Map<String, Integer> why) {
        return new Update(statistics, rows, why, wentBackTo);
    }

    /** This update with further statistics of its round. */
    Update with(Map<String, Double> further) {
        Map<String, Double> all = new TreeMap<>(statistics);
        all.putAll(further);
        return new Update(all, rows, reasons, wentBackTo);
    }

    /** The mini-batches' measurements; the round's are their means. */
    static final class Statistics {
        private final List<StepStats> steps = new ArrayList<>();

        void add(StepStats step) {
            steps.add(step);
        }

        Update update(double meanReward, double meanAbsoluteAdvantage, double gap, Map<String, Integer> rows) {
            Map<String, Double> statistics = new TreeMap<>();
            statistics.put("loss", mean(StepStats::loss));
            statistics.put("approx.kl", mean(StepStats::approxKl));
            statistics.put("clip.fraction", mean(StepStats::clipFraction));
            statistics.put("gradient.norm", mean(StepStats::gradientNorm));
            statistics.put("entropy", mean(StepStats::entropy));
            statistics.put("reward.mean", meanReward);
            statistics.put("advantage.mean.abs", meanAbsoluteAdvantage);
            statistics.put("logprob.gap", gap);
            return new Update(statistics, rows);
        }

        private double mean(ToDoubleFunction<StepStats> measure) {
            return steps.stream().mapToDouble(measure).average().orElse(0);
        }
    }
}
