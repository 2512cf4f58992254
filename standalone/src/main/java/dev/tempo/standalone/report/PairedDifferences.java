package dev.tempo.standalone.report;

import dev.tempo.algorithm.Bootstrap;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How much other runs end above or below the first one on a set: the mean difference of avg@k over the same questions, with
 * the 95 % bootstrap interval over pairs (Efron), in which what makes a question hard for both cancels out.
 */
final class PairedDifferences {
    private static final int RESAMPLES = 2000;
    private static final double LEVEL = .95;

    private final List<ComparedRun> runs;
    private final List<String> labels;

    PairedDifferences(List<ComparedRun> runs, List<String> labels) {
        this.runs = runs;
        this.labels = labels;
    }

    /** A sentence for every run but the first. */
    List<String> sentences(String set) {
        List<String> sentences = new ArrayList<>();
        ComparedRun first = runs.get(0);
        for (int i = 1; i < runs.size(); i++) {
            sentences.add(labels.get(i) + " against " + labels.get(0) + " on " + set + ": "
                    + difference(first, runs.get(i), set));
        }
        return sentences;
    }

    private static String difference(ComparedRun first, ComparedRun other, String set) {
        if (!first.askedTheSame(other, set)) {
            return "not the same questions (or their files are gone), so there are no pairs to compare";
        }
        Map<String, Double> before = first.finalAverages(set);
        Map<String, Double> after = other.finalAverages(set);
        before.keySet().retainAll(after.keySet());
        after.keySet().retainAll(before.keySet());
        if (before.isEmpty()) {
            return "their summaries do not list questions";
        }
        Bootstrap.Interval difference =
                new Bootstrap(RESAMPLES, LEVEL, first.summary().seed()).difference(numbers(after), numbers(before));
        return String.format(
                Locale.ROOT,
                "%+.3f [%+.3f, %+.3f] over %d questions%s",
                difference.estimate(),
                difference.low(),
                difference.high(),
                before.size(),
                difference.low() > 0 || difference.high() < 0 ? "" : ": no difference is shown");
    }

    private static double[] numbers(Map<String, Double> averages) {
        return averages.values().stream().mapToDouble(Double::doubleValue).toArray();
    }
}
