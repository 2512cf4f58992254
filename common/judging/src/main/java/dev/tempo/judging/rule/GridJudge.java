package dev.tempo.judging.rule;

import dev.tempo.plugin.ExtractingJudge;
import dev.tempo.plugin.Verdict;
import dev.tempo.verification.GridVerifier;
import org.jspecify.annotations.Nullable;

/**
 * The judge of logic grids in ZebraLogic's form: the last complete JSON object of the response counts, cut off behind
 * it or not. The verdict is on the whole puzzle, its reason counts the cells. A reference that is no grid, or one whose
 * solution is masked ({@code ___}), is an error of the data: nothing can be decided with it.
 */
public final class GridJudge implements ExtractingJudge {
    private final GridVerifier verifier = new GridVerifier();

    @Override
    public String name() {
        return "grid";
    }

    @Override
    public String version() {
        return "2";
    }

    @Override
    public Verdict judge(String question, String reference, String response, boolean ended) {
        try {
            return FinalAnswer.verdict(this, verifier.verify(reference, response), answer(response, ended));
        } catch (IllegalArgumentException unusable) {
            return undecided("data", String.valueOf(unusable.getMessage()));
        }
    }

    @Override
    public @Nullable String answer(String response, boolean ended) {
        return verifier.answer(response);
    }

    @Override
    public boolean equal(String first, String second) {
        return first.equals(second);
    }
}
