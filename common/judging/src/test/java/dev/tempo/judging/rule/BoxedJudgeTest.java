package dev.tempo.judging.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.judging.JudgeChain;
import dev.tempo.judging.Judges;
import dev.tempo.plugin.Outcome;
import dev.tempo.plugin.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoxedJudgeTest {
    private static final String OPTIONS = "Which one?\n(A) tea\n(B) water\n(C) milk\n(D) all";

    private final BoxedJudge judge = new BoxedJudge();

    /** All of these answer 5 by the rules alone. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "5",
                "The answer is 5.",
                "So it is 7. Check: 7 * 3 = 4, + 5 = 9. Wanted 5",
                "\\boxed{7}\n</think>\n\nThe answer is 5.",
                "The answer is \\boxed{5",
                "\\boxed 5"
            })
    void nothingButACompleteBoxCounts(String response) {
        assertThat(new RulesJudge().judge("Which?", "5", response, true).outcome())
                .isEqualTo(Outcome.CORRECT);

        Verdict verdict = chain("boxed", "rules").judge("Which?", "5", response, true);

        assertThat(verdict.outcome()).isEqualTo(Outcome.WRONG);
        assertThat(verdict.judge()).isEqualTo("boxed");
        assertThat(verdict.reason()).contains("no complete box");
        assertThat(judge.answer(response, true)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The answer is \\boxed{5}.",
                "The answer is \\boxed{7}. Wait. The answer is \\boxed{5}.",
                "\\boxed{7}\n</think>\n\n\\boxed{5}. Check: 5 * 3 = 4, + 5 = 9. Wanted 7: wrong.",
                "\\boxed{\\frac{10}{2}}",
                "\\boxed{5}<|im_end|>\n<|im_start|>user\nThe answer is \\boxed{6}"
            })
    void theLastBoxIsComparedByTheJudgeBehind(String response) {
        JudgeChain chain = chain("boxed", "rules");

        assertThat(chain.judge("Which?", "5", response, true))
                .extracting(Verdict::outcome, Verdict::judge)
                .containsExactly(Outcome.CORRECT, "rules");
        assertThat(chain.judge("Which?", "7", response, true).outcome()).isEqualTo(Outcome.WRONG);
    }

    @Test
    void lettersInBoxesAreTheChoiceJudges() {
        JudgeChain chain = chain("boxed", "choice");

        assertThat(chain.judge(OPTIONS, "B", "The answer is \\boxed{B}.", true))
                .extracting(Verdict::outcome, Verdict::judge)
                .containsExactly(Outcome.CORRECT, "choice");
        assertThat(chain.judge(OPTIONS, "B", "The answer is B.", true))
                .extracting(Verdict::outcome, Verdict::judge)
                .containsExactly(Outcome.WRONG, "boxed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The answer is \\boxed{7}. No. The answer is \\boxed{5",
                "The answer is \\boxed{7}. The final answer is 5.",
                "<answer>5</answer> \\boxed{7}",
                "\\boxed{5 and \\boxed{7}",
                "\\boxed{5} is what I had. It is \\boxed{7}"
            })
    void whatStandsAroundTheLastCompleteBoxCountsNothing(String response) {
        assertThat(chain("boxed", "rules").judge("Which?", "5", response, true).outcome())
                .isEqualTo(Outcome.WRONG);
        assertThat(chain("boxed", "rules").judge("Which?", "7", response, true).outcome())
                .isEqualTo(Outcome.CORRECT);
        assertThat(judge.answer(response, true)).isEqualTo("7");
    }

    @Test
    void severalBoxesOfOneAnswerAreOne() {
        JudgeChain chain = chain("boxed", "rules");

        assertThat(chain.judge("Which?", "5, 7", "\\boxed{5} and \\boxed{7}", true)
                        .outcome())
                .isEqualTo(Outcome.CORRECT);
        String stated = "\\boxed{20} and the answer is C, \\boxed{30}";
        assertThat(chain("boxed", "choice").judge(OPTIONS, "C", stated, true).outcome())
                .isEqualTo(Outcome.WRONG);
        assertThat(chain.judge("Which?", "50 \\%", "So \\boxed{50 \\%} of them.", true)
                        .outcome())
                .isEqualTo(Outcome.CORRECT);
    }

    /** An environment's copy of such a box would be a box of its own. */
    @Test
    void aBoxInABoxIsNone() {
        assertThat(chain("boxed", "rules")
                        .judge("Which?", "5", "\\boxed{7\\boxed{5}}", true)
                        .outcome())
                .isEqualTo(Outcome.WRONG);
    }

    @Test
    void aBoxThatDoubtsHasNoAnswer() {
        assertThat(chain("boxed", "rules")
                        .judge("Which?", "5", "\\boxed{5?}", true)
                        .outcome())
                .isEqualTo(Outcome.WRONG);
    }

    /** The judge of choices would take the letter that is stated last, that of grids an object, that of words the words. */
    @Test
    void theJudgesBehindReadNothingElse() {
        String stated = "The answer is \\boxed{B}. Check: 4. So the answer is (C).";
        assertThat(new ChoiceJudge().judge(OPTIONS, "C", stated, true).outcome())
                .isEqualTo(Outcome.CORRECT);
        assertThat(chain("boxed", "choice").judge(OPTIONS, "C", stated, true).outcome())
                .isEqualTo(Outcome.WRONG);
        assertThat(chain("boxed", "choice").judge(OPTIONS, "B", stated, true).outcome())
                .isEqualTo(Outcome.CORRECT);

        String grid = "{\"header\": [\"House\", \"Name\"], \"rows\": [[\"1\", \"Eric\"]]}";
        String solved = "\\boxed{2} {\"solution\": {\"House 1\": {\"Name\": \"Eric\"}}}";
        assertThat(new RulesJudge().judge("Who?", grid, solved, true).outcome()).isEqualTo(Outcome.CORRECT);
        assertThat(chain("boxed", "rules").judge("Who?", grid, solved, true).outcome())
                .isEqualTo(Outcome.WRONG);
    }

    @Test
    void aCutOffResponseHasTheAnswerOfItsBox() {
        assertThat(chain("boxed", "rules").judge("Which?", "5", "\\boxed{5}. Check: 5 * 3", false))
                .extracting(Verdict::outcome)
                .isEqualTo(Outcome.CORRECT);
        assertThat(judge.judge("Which?", "5", "The answer is 5", false).reason())
                .startsWith("cut off");
    }

    @Test
    void aloneItDecidesNothing() {
        Verdict verdict = chain("boxed").judge("Which?", "5", "\\boxed{5}", true);

        assertThat(verdict.outcome()).isEqualTo(Outcome.UNDECIDED);
        assertThat(verdict.reason()).contains("the judge behind this one");
    }

    @Test
    void votesAreCountedByWhatTheBoxesHold() {
        assertThat(judge.answer("It is \\boxed{5}. Wanted 7: wrong.", true)).isEqualTo("5");
        assertThat(judge.answer("So \\boxed{50}\\% and no more.", true)).isEqualTo("50 \\%");
        assertThat(judge.answer("\\boxed{5} and \\boxed{7}", true)).isEqualTo("5 , 7");
        assertThat(judge.equal("5", "5.0")).isTrue();
        assertThat(judge.equal("5", "7")).isFalse();
        assertThat(judge.equal("B", "B")).isTrue();
    }

    private static JudgeChain chain(String... names) {
        return new JudgeChain("default", List.of(names), new Judges(Judges.builtIn()));
    }
}
