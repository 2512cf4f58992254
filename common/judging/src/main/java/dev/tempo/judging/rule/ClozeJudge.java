package dev.tempo.judging.rule;

import dev.tempo.verification.ClozeVerifier;
import dev.tempo.verification.MathVerifier;
import dev.tempo.verification.Verification;

/** The judge of several blanks filled in order, separated by semicolons in the reference; each is compared as mathematics. */
public final class ClozeJudge extends VerifiedAnswerJudge {
    private final ClozeVerifier verifier = new ClozeVerifier(new MathVerifier());

    @Override
    public String name() {
        return "cloze";
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
}
