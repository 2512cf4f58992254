package dev.tempo.judging.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.plugin.Outcome;
import dev.tempo.plugin.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlockInversionJudgeTest {
    private final BlockInversionJudge judge = new BlockInversionJudge();

    @ParameterizedTest
    @CsvSource({
        "3348*32+46=3N, 8",
        "2516997*98+96*58+19=2N, 7",
        "82a*84+59=9Y, a",
        "7*N, 7",
        "0+Y, 0",
        // The first operator counts, whatever comes after it.
        "5+3*8Y, 5"
    })
    void theAnswerIsTheNumberBeforeTheFirstOperator(String response, String answer) {
        assertThat(judge.answer(response, true)).isEqualTo(answer);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "3348*32+46=3", // no claim
                "3348*32+46=3NN5", // a claim, but not at the end
                "532195N", // no operator
                "*32+46=3N", // nothing before the operator
                "x*32+46=3N", // the unknown before the operator
                "33=*32+46=3N", // an equals sign before the operator
                "b*3N", // a letter that is no number
                "Y",
                "\"\""
            })
    void withoutClaimOrNumberAResponseIsMalformed(String response) {
        assertThat(judge.answer(response, true)).isNull();
        Verdict verdict = judge.judge("x*3+4=3", "8", response, true);
        assertThat(verdict.outcome()).isEqualTo(Outcome.WRONG);
        assertThat(verdict.answer()).isNull();
        assertThat(verdict.reason()).startsWith("malformed");
    }

    @Test
    void aResponseThatWasCutOffIsMalformedAndClaimsNothing() {
        Verdict verdict = judge.judge("x*3+4=3", "8", "3348*32+46=3Y", false);

        assertThat(verdict.outcome()).isEqualTo(Outcome.WRONG);
        assertThat(verdict.answer()).isNull();
        assertThat(verdict.claimsCorrect()).isFalse();
    }

    @Test
    void theRightNumberIsCorrectWhateverTheResponseClaims() {
        assertThat(judge.judge("x*3+4=3", "8", "3348*32+46=3N", true))
                .extracting(Verdict::outcome, Verdict::reward, Verdict::answer, Verdict::claimsCorrect)
                .containsExactly(Outcome.CORRECT, 1.0, "8", false);
    }

    @Test
    void aWrongNumberThatClaimsToBeRightIsWrongAndOwnsUpToTheClaim() {
        assertThat(judge.judge("x*3+4=3", "7", "3348*32+46=6Y", true))
                .extracting(Verdict::outcome, Verdict::reward, Verdict::answer, Verdict::claimsCorrect)
                .containsExactly(Outcome.WRONG, 0.0, "8", true);
    }

    @Test
    void aMalformedResponseMayStillClaimToBeRight() {
        assertThat(judge.judge("x*3+4=3", "8", "333Y", true).claimsCorrect()).isTrue();
    }

    @Test
    void aReferenceThatIsNoNumberLeavesItUndecided() {
        Verdict verdict = judge.judge("x*3+4=3", "12", "3348*32+46=3N", true);

        assertThat(verdict.outcome()).isEqualTo(Outcome.UNDECIDED);
        assertThat(verdict.reason()).contains("'12'");
    }
}
