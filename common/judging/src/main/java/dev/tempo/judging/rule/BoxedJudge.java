package dev.tempo.judging.rule;

import dev.tempo.plugin.ExtractingJudge;
import dev.tempo.plugin.Verdict;
import dev.tempo.verification.text.AnswerExtraction;
import org.jspecify.annotations.Nullable;

/**
 * The judge that lets nothing but a box count as the answer, and stands in front of those that compare: {@code [boxed, rules]}. A
 * response without a complete {@code \\boxed{}} behind its reasoning is wrong, whatever else it states. Of all others the judges behind
 * it are given the last such box, and nothing else.
 *
 * <p>Votes are counted by what the boxes hold, equal as {@link RulesJudge} compares.
 */
public final class BoxedJudge implements ExtractingJudge {
    /** As recipes name it. */
    public static final String NAME = "boxed";

    private static final String STAGE = "box";

    private final ExtractingJudge rules = new RulesJudge();

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String version() {
        return "1";
    }

    /** What of a response the judges behind this one are given: its last box; all of it where there is none. */
    public static String leaves(String response) {
        String box = AnswerExtraction.lastBox(response);
        return box == null ? response : box;
    }

    @Override
    public Verdict judge(String question, String reference, String response, boolean ended) {
        if (AnswerExtraction.lastBox(response) != null) {
            return undecided(STAGE, "a box has the answer; the judge behind this one says whether it is right");
        }
        return decided(false, STAGE, null, ended ? "no complete box has its answer" : "cut off before a complete box");
    }

    @Override
    public @Nullable String answer(String response, boolean ended) {
        return AnswerExtraction.boxed(response);
    }

    @Override
    public boolean equal(String first, String second) {
        return rules.equal(first, second);
    }
}
