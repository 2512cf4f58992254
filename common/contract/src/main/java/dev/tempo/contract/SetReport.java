package dev.tempo.contract;

import java.util.Map;

/**
 * What one benchmark set says of one policy version. All scores are fractions.
 *
 * @param avg avg@k with k = {@code samples}
 * @param passAt unbiased pass@k by k
 * @param majority share of questions whose most frequent answer is right
 * @param malformed share of responses from which no answer could be extracted
 * @param undecided trajectories that no judge could decide; left out of every score
 * @param failed trajectories that could not be generated; left out of every score
 * @param wrongClaimingCorrect share of the wrong responses that claim to be right; 0 where nothing claims
 * @param distinctAnswers mean number of different answers per question
 */
public record SetReport(
        String set,
        int questions,
        int samples,
        Score avg,
        Map<Integer, Score> passAt,
        Score majority,
        double malformed,
        int undecided,
        int failed,
        double wrongClaimingCorrect,
        double distinctAnswers) {
    public SetReport {
        passAt = Map.copyOf(passAt);
    }
}
