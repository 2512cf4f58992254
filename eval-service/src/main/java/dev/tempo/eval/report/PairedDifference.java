package dev.tempo.eval.report;

import dev.tempo.algorithm.Bootstrap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The mean difference of two measurements over the questions that both have, with its 95 % bootstrap interval over pairs
 * (Efron), in which what makes a question hard for both cancels out.
 *
 * @param interval the later score minus the earlier one
 * @param questions how many there are
 */
record PairedDifference(Bootstrap.Interval interval, int questions) {
    private static final int RESAMPLES = 2000;
    private static final double LEVEL = .95;

    /**
     * Empty where no question is in both.
     *
     * @param before a score by question id
     * @param after the same of the other measurement
     */
    static Optional<PairedDifference> of(Map<String, Double> before, Map<String, Double> after, long seed) {
        SortedMap<String, Double> first = new TreeMap<>(before);
        SortedMap<String, Double> second = new TreeMap<>(after);
        first.keySet().retainAll(second.keySet());
        second.keySet().retainAll(first.keySet());
        return first.isEmpty()
                ? Optional.empty()
                : Optional.of(new PairedDifference(
                        new Bootstrap(RESAMPLES, LEVEL, seed).difference(numbers(second), numbers(first)),
                        first.size()));
    }

    private static double[] numbers(SortedMap<String, Double> scores) {
        return scores.values().stream().mapToDouble(Double::doubleValue).toArray();
    }

    boolean isRise() {
        return interval.low() > 0;
    }

    boolean isFall() {
        return interval.high() < 0;
    }
}
