package dev.tempo.judging.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.plugin.Outcome;
import dev.tempo.plugin.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MathJudgeTest {
    private final MathJudge judge = new MathJudge();

    @Test
    void answersAreComparedByValue() {
        assertThat(outcome("1/2", "So the answer is $\\boxed{0.5}$.", true)).isEqualTo(Outcome.CORRECT);
        assertThat(outcome("1/2", "So the answer is $\\boxed{0.4}$.", true)).isEqualTo(Outcome.WRONG);
    }

    @Test
    void whatWasCutOffBeforeItsBoxIsNoAnswer() {
        Verdict verdict = judge.judge("Half of one?", "1/2", "First, 1/2 of something", false);

        assertThat(verdict.outcome()).isEqualTo(Outcome.WRONG);
        assertThat(verdict.answer()).isNull();
        assertThat(outcome("1/2", "It is $\\boxed{1/2}$. Let me check aga", false))
                .isEqualTo(Outcome.CORRECT);
    }

    @Test
    void withoutAnAnswerInTheReferenceNothingIsDecided() {
        assertThat(outcome(" ", "It is $\\boxed{1/2}$.", true)).isEqualTo(Outcome.UNDECIDED);
    }

    @Test
    void votesAgreeByValueToo() {
        assertThat(judge.answer("It is $\\boxed{1/2}$.", true)).isEqualTo("1/2");
        assertThat(judge.equal("1/2", "0.5")).isTrue();
        assertThat(judge.equal("1/2", "0.4")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "42",
                "1/2",
                "\\frac{1}{2}",
                "x = 3 or x = -3",
                "12 cubic feet per second",
                "5 \\text{ meters}",
                "\\sin x",
                "2\\pi",
                "[0, 1)",
                "A",
                "(C)",
                "x^2 + y^2",
                "We add the two and find the sum, which is \\boxed{5}"
            })
    void aWrongIsFinalWhereValuesWereCompared(String reference) {
        assertThat(judge.wrongIsFinal(reference)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "the heart",
                "Paris",
                "no solution",
                "\\text{even}",
                "The French Revolution began in 1789 in Paris",
                "光合作用"
            })
    void aWrongIsNotFinalWhereWordingsWere(String reference) {
        assertThat(judge.wrongIsFinal(reference)).isFalse();
    }

    private Outcome outcome(String reference, String response, boolean ended) {
        return judge.judge("Half of one?", reference, response, ended).outcome();
    }
}
