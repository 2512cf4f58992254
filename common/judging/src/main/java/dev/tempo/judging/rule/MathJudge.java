package dev.tempo.judging.rule;

import dev.tempo.plugin.ExtractingJudge;
import dev.tempo.plugin.Outcome;
import dev.tempo.plugin.Verdict;
import dev.tempo.verification.MathVerifier;
import dev.tempo.verification.Verification;
import dev.tempo.verification.text.AnswerExtraction;
import org.jspecify.annotations.Nullable;

/**
 * The judge of mathematics by value: the final answer of the response against that of the reference, both as
 * {@link MathVerifier} finds and compares them within its budget of steps.
 */
public final class MathJudge implements ExtractingJudge {
    private final MathVerifier verifier = new MathVerifier();

    @Override
    public String name() {
        return "math";
    }

    @Override
    public String version() {
        return "2";
    }

    @Override
    public Verdict judge(String question, String reference, String response, boolean ended) {
        String answer = answer(response, ended);
        return answer == null
                ? FinalAnswer.missing(this, ended)
                : FinalAnswer.verdict(this, verifier.verify(reference, response), answer);
    }

    @Override
    public @Nullable String answer(String response, boolean ended) {
        return FinalAnswer.of(response, ended);
    }

    @Override
    public boolean equal(String first, String second) {
        return verifier.equal(first, second).correct();
    }

    /**
     * False where the reference is in words (a worked solution counts as its box does), and where it is no expression
     * that the verifier can read: there spellings were compared, not values.
     */
    @Override
    public boolean wrongIsFinal(String reference) {
        boolean boxed = reference.contains("\\boxed") || reference.contains("\\fbox");
        String answer = boxed ? AnswerExtraction.reference(reference) : reference;
        return !References.mayBeWordedOtherwise(answer) && canRead(reference);
    }

    private boolean canRead(String reference) {
        Verification verification = verifier.verify(reference, "\\boxed{0}");
        return verification.outcome() != Outcome.UNDECIDED
                && !verification.stage().equals("text");
    }
}
