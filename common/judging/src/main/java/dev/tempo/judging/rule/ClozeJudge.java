package dev.tempo.judging.rule;

import dev.tempo.plugin.ExtractingJudge;
import dev.tempo.plugin.Verdict;
import dev.tempo.verification.ClozeVerifier;
import dev.tempo.verification.MathVerifier;
import org.jspecify.annotations.Nullable;

/** The judge of several blanks filled in order, separated by semicolons in the reference; each is compared as mathematics. */
public final class ClozeJudge implements ExtractingJudge {
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
}
