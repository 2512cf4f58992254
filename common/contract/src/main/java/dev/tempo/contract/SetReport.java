package dev.tempo.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The scores of one policy version on one benchmark set, all of them fractions from 0 to 1.
 *
 * @param avg avg@k with k = {@code samples}
 * @param passAt unbiased pass@k by k
 * @param majority share of questions whose most frequent answer is right
 * @param malformed share of responses from which no answer could be extracted
 * @param undecided trajectories that no judge could decide; left out of every score
 * @param failed trajectories that could not be generated; left out of every score
 * @param wrongClaimingCorrect share of the wrong responses that claim to be right; null where no judge says what responses claim
 * @param distinctAnswers mean number of different answers per question
 * @param avgByQuestion each question's share of right samples by its id, so that two runs can be compared question by
 *     question; empty for sets of more than {@value #QUESTIONS_LISTED} questions, which would not fit a record
 * @param inFormat share of responses that match {@code evaluation.format}; null where the recipe names none
 * @param failure the reason of the first that failed, in the order of questions and samples; null where none did
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
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Double wrongClaimingCorrect,
        double distinctAnswers,
        Map<String, Double> avgByQuestion,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Double inFormat,
        @Nullable String failure) {
    /** Questions of the largest set whose questions are listed. */
    public static final int QUESTIONS_LISTED = 10_000;

    public SetReport {
        Check.notNegative("questions", questions);
        Check.samples("samples", samples);
        // Records from before questions were listed say nothing of them.
        avgByQuestion = avgByQuestion == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(avgByQuestion));
        passAt = Check.ordered(passAt);
    }

    /** Whether the scores say anything; they are 0 where no response was generated and decided. */
    public boolean scored() {
        return questions > 0;
    }
}
