package dev.tempo.eval.report;

import dev.tempo.algorithm.Bootstrap;
import dev.tempo.contract.Interval;
import dev.tempo.contract.Score;
import java.util.List;
import java.util.function.ToDoubleFunction;
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

    /** @param seed of the intervals */
    public static ResponseStatistics of(List<MeasuredQuestion> questions, long seed) {
        int[] lengths = questions.stream()
                .flatMap(question -> question.generated().stream())
                .mapToInt(MeasuredQuestion.Response::tokens)
                .sorted()
                .toArray();
        return new ResponseStatistics(
                lengths.length,
                mean(questions, seed, response -> response.truncated() ? 1 : 0),
                mean(questions, seed, response -> response.unanswered() ? 1 : 0),
                mean(questions, seed, MeasuredQuestion.Response::tokens),
                atLeast(lengths, .5),
                atLeast(lengths, .9),
                atLeast(lengths, 1));
    }

    private static @Nullable Score mean(
            List<MeasuredQuestion> questions, long seed, ToDoubleFunction<MeasuredQuestion.Response> number) {
        double[] means = questions.stream()
                .map(MeasuredQuestion::generated)
                .filter(responses -> !responses.isEmpty())
                .mapToDouble(responses ->
                        responses.stream().mapToDouble(number).average().orElse(0))
                .toArray();
        if (means.length == 0) {
            return null;
        }
        Bootstrap.Interval interval = new Bootstrap(RESAMPLES, LEVEL, seed).mean(means);
        return new Score(interval.estimate(), new Interval(interval.low(), interval.high()));
    }

    /** The smallest of the sorted numbers that at least this share of them does not exceed. */
    private static int atLeast(int[] sorted, double share) {
        return sorted.length == 0 ? 0 : sorted[(int) Math.ceil(share * sorted.length) - 1];
    }
}
