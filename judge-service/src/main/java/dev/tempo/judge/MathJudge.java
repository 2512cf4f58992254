package dev.tempo.judge;

import dev.tempo.contract.Verdict;
import dev.tempo.verification.AnswerExtraction;
import dev.tempo.verification.MathVerifier;
import dev.tempo.verification.Outcome;
import dev.tempo.verification.Verification;
import org.jspecify.annotations.Nullable;

/**
 * Mathematics by value: the final answer of the response against that of the reference, both as {@link MathVerifier}
 * finds and compares them within its budget of steps. A response that was cut off gives an answer only in a box: the
 * last number of half a derivation is none.
 */
public final class MathJudge implements ExtractingJudge {
    private final MathVerifier verifier = new MathVerifier();

    @Override
    public String name() {
        return "math";
    }

    @Override
    public String version() {
        return "1";
    }

    @Override
    public Verdict judge(String question, String reference, String response, boolean ended) {
        String answer = answer(response, ended);
        if (answer == null) {
            return decided(false, "extraction", null, ended ? "no answer found" : "cut off before its answer");
        }
        Verification verification = verifier.verify(reference, response);
        return verification.outcome() == Outcome.UNDECIDED
                ? undecided(verification.stage(), verification.reason())
                : decided(verification.correct(), verification.stage(), answer, verification.reason());
    }

    @Override
    public @Nullable String answer(String response, boolean ended) {
        if (!ended && !response.contains("\\boxed{") && !response.contains("\\fbox{")) {
            return null;
        }
        String answer = AnswerExtraction.answer(response);
        return answer.isBlank() ? null : answer;
    }

    @Override
    public boolean equal(String first, String second) {
        return verifier.equal(first, second).correct();
    }

    /**
     * Not where the reference is in words (a worked solution is as its box is), nor where it is no expression that the verifier can read: there it compared
     * spellings, not values.
     */
    @Override
    public boolean wrongIsFinal(String reference) {
        boolean boxed = reference.contains("\\boxed") || reference.contains("\\fbox");
        String answer = boxed ? AnswerExtraction.reference(reference) : reference;
        return !FreeForm.isWords(answer) && canRead(reference);
    }

    private boolean canRead(String reference) {
        Verification verification = verifier.verify(reference, "\\boxed{0}");
        return verification.outcome() != Outcome.UNDECIDED
                && !verification.stage().equals("text");
    }
}
