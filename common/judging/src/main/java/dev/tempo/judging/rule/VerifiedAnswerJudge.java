package dev.tempo.judging.rule;

import dev.tempo.plugin.ExtractingJudge;
import dev.tempo.plugin.Verdict;
import dev.tempo.verification.Verification;
import org.jspecify.annotations.Nullable;

/** The judge whose verdict is what a verifier finds of the response's final answer and the reference. */
abstract class VerifiedAnswerJudge implements ExtractingJudge {

    /** The comparison of the final answer of a response with a reference. */
    abstract Verification verify(String reference, String response);

    /** The comparison of two answers as they stand. */
    abstract Verification compare(String first, String second);

    @Override
    public final Verdict judge(String question, String reference, String response, boolean ended) {
        String answer = answer(response, ended);
        return answer == null
                ? FinalAnswer.missing(this, ended)
                : FinalAnswer.verdict(this, verify(reference, response), answer);
    }

    @Override
    public final @Nullable String answer(String response, boolean ended) {
        return FinalAnswer.of(response, ended);
    }

    @Override
    public final boolean equal(String first, String second) {
        return compare(first, second).correct();
    }
}
