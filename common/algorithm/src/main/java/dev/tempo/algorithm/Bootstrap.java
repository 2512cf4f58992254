package dev.tempo.algorithm;

import dev.tempo.algorithm.rounds.CounterRandom;
import java.util.Arrays;
import java.util.List;

/**
 * A bootstrap (Efron, 1979): percentile intervals that show how much a benchmark's score would vary with other questions of
 * the same kind. The same seed gives the same interval.
 *
 * @param resamples the number of times the questions are drawn again, at least 1
 * @param level the interval's coverage, in (0, 1), for instance 0.95
 * @param seed of the random draws
 */
public record Bootstrap(int resamples, double level, long seed) {
    public Bootstrap {
        if (resamples < 1) {
            throw new IllegalArgumentException("a bootstrap needs at least 1 resample, but got " + resamples);
        }
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("a bootstrap's level must lie between 0 and 1, but was " + level);
        }
    }

    /**
     * An estimate with its interval.
     *
     * @param estimate the mean over the questions as they are
     * @param low the interval's lower end
     * @param high the interval's upper end
     */
    public record Interval(double estimate, double low, double high) {}

    /**
     * The interval of the mean over questions.
     *
     * @param scores one per question
     * @throws IllegalArgumentException if there is no question
     */
    public Interval mean(double[] scores) {
        if (scores.length == 0) {
            throw new IllegalArgumentException("a bootstrap needs at least 1 question");
        }
        double[] means = new double[resamples];
        for (int r = 0; r < resamples; r++) {
            long key = CounterRandom.key(seed, "bootstrap", r);
            double sum = 0;
            for (int i = 0; i < scores.length; i++) {
                sum += scores[CounterRandom.below(key, i, scores.length)];
            }
            means[r] = sum / scores.length;
        }
        Arrays.sort(means);
        double tail = (1 - level) / 2;
        double sum = 0;
        for (double score : scores) {
            sum += score;
        }
        return new Interval(sum / scores.length, quantile(means, tail), quantile(means, 1 - tail));
    }

    /**
     * The interval of a mean over groups of questions, such as those of several training runs: groups are drawn anew and, within
     * each that is drawn, its questions (the two-stage bootstrap of Davison and Hinkley, 1997, section 3.8). With few groups it
     * is narrower than what other groups would show; with one it is that of its questions alone.
     *
     * @param groups scores of each, one per question
     * @return of the mean of the groups' means
     * @throws IllegalArgumentException if there is no group, or one without a question
     */
    public Interval nested(List<double[]> groups) {
        if (groups.isEmpty() || groups.stream().anyMatch(scores -> scores.length == 0)) {
            throw new IllegalArgumentException("a bootstrap needs at least 1 group, and 1 question in each");
        }
        double[] means = new double[resamples];
        for (int r = 0; r < resamples; r++) {
            long key = CounterRandom.key(seed, "nested-bootstrap", r);
            int drawn = 0;
            double sum = 0;
            for (int g = 0; g < groups.size(); g++) {
                double[] scores = groups.get(CounterRandom.below(key, drawn++, groups.size()));
                double own = 0;
                for (int i = 0; i < scores.length; i++) {
                    own += scores[CounterRandom.below(key, drawn++, scores.length)];
                }
                sum += own / scores.length;
            }
            means[r] = sum / groups.size();
        }
        Arrays.sort(means);
        double tail = (1 - level) / 2;
        double estimate = groups.stream()
                .mapToDouble(scores -> Arrays.stream(scores).average().orElseThrow())
                .average()
                .orElseThrow();
        return new Interval(estimate, quantile(means, tail), quantile(means, 1 - tail));
    }

    /**
     * The interval of the mean difference of two methods on the same questions, first minus second. Questions are drawn in
     * pairs, so what makes a question hard for both methods cancels out. An interval without 0 shows that the methods
     * differ.
     *
     * @param first the first method's scores, one per question
     * @param second the second method's scores, in the same order
     * @throws IllegalArgumentException if the lengths differ or there is no question
     */
    public Interval difference(double[] first, double[] second) {
        Shapes.requireLength("the second method's scores", second.length, first.length);
        double[] differences = new double[first.length];
        for (int i = 0; i < first.length; i++) {
            differences[i] = first[i] - second[i];
        }
        return mean(differences);
    }

    private static double quantile(double[] sorted, double probability) {
        double position = probability * (sorted.length - 1);
        int below = (int) Math.floor(position);
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}
