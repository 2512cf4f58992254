package dev.tempo.eval.report;

import dev.tempo.algorithm.Bootstrap;
import dev.tempo.contract.Interval;
import dev.tempo.contract.Score;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The responses to a set's questions, whatever their verdicts. Means are taken over questions, of each the mean over its
 * responses, with 95 % bootstrap intervals; responses that could not be generated are left out.
 *
 * @param responses how many were generated
 * @param truncated share that ended at the limit of their length; null where nothing was generated
 * @param unanswered share in which the judges found no answer; null likewise
 * @param tokens mean length; null likewise
 * @param median length that half of the responses do not exceed; 0 where nothing was generated
 * @param ninetieth length that nine of ten do not exceed
 * @param longest length of the longest
 */
public record ResponseStatistics(
        int responses,
        @Nullable Score truncated,
        @Nullable Score unanswered,
        @Nullable Score tokens,
        int median,
        int ninetieth,
        int longest) {
    private static final int RESAMPLES = 1000;
    private static final double LEVEL = .95;

    /**
     * Statistics of one set's responses.
     *
     * @param questions of all sets
     * @param seed of the intervals
     */
    public static ResponseStatistics of(String set, List<MeasuredQuestion> questions, long seed) {
        IntStream.Builder lengths = IntStream.builder();
        DoubleStream.Builder truncated = DoubleStream.builder();
        DoubleStream.Builder unanswered = DoubleStream.builder();
        DoubleStream.Builder tokens = DoubleStream.builder();
        for (MeasuredQuestion question : questions) {
            List<MeasuredQuestion.Response> generated = question.generated();
            if (question.set().equals(set) && !generated.isEmpty()) {
                generated.forEach(response -> lengths.add(response.tokens()));
                truncated.add(share(generated, response -> response.truncated() ? 1 : 0));
                unanswered.add(share(generated, response -> response.unanswered() ? 1 : 0));
                tokens.add(share(generated, MeasuredQuestion.Response::tokens));
            }
        }
        int[] sorted = lengths.build().sorted().toArray();
        Bootstrap bootstrap = new Bootstrap(RESAMPLES, LEVEL, seed);
        return new ResponseStatistics(
                sorted.length,
                mean(truncated, bootstrap),
                mean(unanswered, bootstrap),
                mean(tokens, bootstrap),
                atLeast(sorted, .5),
                atLeast(sorted, .9),
                atLeast(sorted, 1));
    }

    private static double share(
            List<MeasuredQuestion.Response> responses, ToDoubleFunction<MeasuredQuestion.Response> number) {
        return responses.stream().mapToDouble(number).average().orElse(0);
    }

    private static @Nullable Score mean(DoubleStream.Builder numbers, Bootstrap bootstrap) {
        double[] means = numbers.build().toArray();
        if (means.length == 0) {
            return null;
        }
        Bootstrap.Interval interval = bootstrap.mean(means);
        return new Score(interval.estimate(), new Interval(interval.low(), interval.high()));
    }

    /** The smallest of the sorted numbers that at least this share of them does not exceed. */
    private static int atLeast(int[] sorted, double share) {
        return sorted.length == 0 ? 0 : sorted[(int) Math.ceil(share * sorted.length) - 1];
    }
}
