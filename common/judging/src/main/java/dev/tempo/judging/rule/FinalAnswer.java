package dev.tempo.judging.rule;

import dev.tempo.plugin.Judge;
import dev.tempo.plugin.Outcome;
import dev.tempo.plugin.Verdict;
import dev.tempo.verification.Verification;
import dev.tempo.verification.text.AnswerExtraction;
import org.jspecify.annotations.Nullable;

/**
 * The final answer of a response, as the rules take it. A response that was cut off gives one only in a box: the last
 * number of half a derivation is none.
 */
final class FinalAnswer {
    private FinalAnswer() {}

    /** Whether the response got as far as an answer. */
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

    /** The verdict of a judge that a verification amounts to. */
    static Verdict verdict(Judge judge, Verification verification, @Nullable String answer) {
        return verification.outcome() == Outcome.UNDECIDED
                ? judge.undecided(verification.stage(), verification.reason())
                : judge.decided(verification.correct(), verification.stage(), answer, verification.reason());
    }
}
