package dev.tempo.judging.rule;

import dev.tempo.plugin.Judge;
import dev.tempo.plugin.Outcome;
import dev.tempo.plugin.Verdict;
import dev.tempo.verification.Verification;
import dev.tempo.verification.text.AnswerExtraction;
import org.jspecify.annotations.Nullable;

/**
 * What the rules take for a response's answer. A response that was cut off gives one only in a box: the last number of half
 * a derivation is none.
 */
final class FinalAnswer {
    private FinalAnswer() {}

    /** Whether the response came as far as an answer. */
    static boolean wasReached(String response, boolean ended) {
        return ended || response.contains("\\boxed{") || response.contains("\\fbox{");
    }

    /** The answer as {@link AnswerExtraction} finds it; null where there is none. */
    static @Nullable String of(String response, boolean ended) {
        if (!wasReached(response, ended)) {
            return null;
        }
        String answer = AnswerExtraction.answer(response);
        return answer.isBlank() ? null : answer;
    }

    /** The verdict on a response that gives no answer. */
    static Verdict missing(Judge judge, boolean ended) {
        return judge.decided(false, "extraction", null, ended ? "no answer found" : "cut off before its answer");
    }

    /** A verifier's word as a judge's. */
    static Verdict verdict(Judge judge, Verification verification, @Nullable String answer) {
        return verification.outcome() == Outcome.UNDECIDED
                ? judge.undecided(verification.stage(), verification.reason())
                : judge.decided(verification.correct(), verification.stage(), answer, verification.reason());
    }
}
