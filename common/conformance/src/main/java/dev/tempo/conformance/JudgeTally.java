package dev.tempo.conformance;

import java.util.ArrayList;
import java.util.List;

/** The counts over judge cases of one kind: how often right, wrong either way, undecided, and how long it took. */
final class JudgeTally {
    private int cases;
    private int correct;
    private int falsePositives;
    private int falseNegatives;
    private int undecided;
    private final List<Double> millis = new ArrayList<>();

    /** The part of a tally that {@code --json} prints. */
    record Counts(
            int cases,
            int correct,
            int falsePositives,
            int falseNegatives,
            int undecided,
            double p50Millis,
            double p99Millis,
            double maxMillis) {

        double accuracy() {
            return cases == 0 ? 1 : (double) correct / cases;
        }
    }

    void add(JudgeCase.Result result) {
        cases++;
        millis.add(result.millis());
        correct += result.right() ? 1 : 0;
        switch (result.outcome()) {
            case CORRECT -> falsePositives += result.expected() ? 0 : 1;
            case WRONG -> falseNegatives += result.expected() ? 1 : 0;
            case UNDECIDED -> undecided++;
        }
    }

    Counts counts() {
        List<Double> sorted = millis.stream().sorted().toList();
        return new Counts(
                cases,
                correct,
                falsePositives,
                falseNegatives,
                undecided,
                quantile(sorted, .5),
                quantile(sorted, .99),
                quantile(sorted, 1));
    }

    private static double quantile(List<Double> sorted, double share) {
        return sorted.isEmpty() ? 0 : sorted.get((int) Math.ceil(share * sorted.size()) - 1);
    }
}
