package dev.tempo.judging.rule;

import dev.tempo.plugin.ExtractingJudge;
import dev.tempo.plugin.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * The judge that takes the whole response for the answer, which is right when it equals the reference letter for
 * letter; only white space is forgiven (none at the ends, one blank for any run of it). A response that was cut off
 * gives no answer.
 */
public final class ExactMatchJudge implements ExtractingJudge {
    private static final String STAGE = "exact";

    @Override
    public String name() {
        return "exact-match";
    }

    @Override
    public String version() {
        return "1";
    }

    @Override
    public Verdict judge(String question, String reference, String response, boolean ended) {
        String wanted = squeeze(reference);
        if (wanted.isEmpty()) {
            return undecided(STAGE, "the reference is empty");
        }
        String answer = answer(response, ended);
        if (answer == null) {
            return decided(false, STAGE, null, ended ? "the response is empty" : "cut off before its end");
        }
        return decided(answer.equals(wanted), STAGE, answer, answer.equals(wanted) ? "equal" : "not equal");
    }

    @Override
    public @Nullable String answer(String response, boolean ended) {
        String answer = squeeze(response);
        return ended && !answer.isEmpty() ? answer : null;
    }

    @Override
    public boolean equal(String first, String second) {
        return first.equals(second);
    }

    /** False where the reference is in words, which have other right wordings; a number or label has not. */
    @Override
    public boolean wrongIsFinal(String reference) {
        return !References.mayBeWordedOtherwise(reference);
    }

    private static String squeeze(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }
}
