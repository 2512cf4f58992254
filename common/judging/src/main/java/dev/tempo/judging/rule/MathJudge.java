package dev.tempo.judging.rule;

import dev.tempo.plugin.Outcome;
import dev.tempo.verification.MathVerifier;
import dev.tempo.verification.Verification;
import dev.tempo.verification.text.AnswerExtraction;

/**
 * The judge of mathematics by value: the final answer of the response against that of the reference, both as
 * {@link MathVerifier} finds and compares them within its budget of steps.
 */
public final class MathJudge extends VerifiedAnswerJudge {
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
    Verification verify(String reference, String response) {
        return verifier.verify(reference, response);
    }

    @Override
    Verification compare(String first, String second) {
        return verifier.equal(first, second);
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
