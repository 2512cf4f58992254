package dev.tempo.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.tempo.plugin.Outcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Inputs that other graders can only time out on. */
class LimitsTest {
    private final MathVerifier verifier = new MathVerifier();

    private Verification boxed(String gold, String answer) {
        return verifier.verify(gold, "\\boxed{" + answer + "}");
    }

    private static String nested(String open, String middle, String close, int times) {
        return open.repeat(times) + middle + close.repeat(times);
    }

    /** What a policy that is rewarded for boxes may come to write. */
    @ParameterizedTest
    @ValueSource(strings = {"\\boxed{1}, ", "\\boxed{$", "\\boxed{x}+", "\\fbox{\\boxed{2}$"})
    void manyBoxesTakeNoLonger(String box) {
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> verifier.verify("5", box.repeat(60_000)));
    }

    /** A window of blanks is looked at once from each of them, not in every way to part it: half a second each before. */
    @Test
    void blanksBehindAnAnswerTakeNoTime() {
        String response = "**Answer:** $\\frac{1 + \\sqrt" + " ".repeat(380) + "3}{2}$";
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            for (int time = 0; time < 100; time++) {
                verifier.verify("5", response);
            }
        });
    }

    @Test
    void aPowerTowerIsNoSmallNumber() {
        assertThat(boxed("5", nested("2^{", "2", "}", 10_000)).outcome()).isEqualTo(Outcome.WRONG);
        assertThat(boxed("5", "9^{9^{9^{9}}}").outcome()).isEqualTo(Outcome.WRONG);
    }

    @Test
    void theFactorialOfAFactorialIsNeverWorkedOut() {
        assertThat(boxed("5", "(100000!)!").outcome()).isEqualTo(Outcome.WRONG);
        assertThat(boxed("(100000!)!", "(100000!)!+0").outcome()).isEqualTo(Outcome.CORRECT);
    }

    @Test
    void numbersTooLargeToWriteAreComparedModuloPrimes() {
        assertThat(boxed("2^{100000}", "2^{50000}\\cdot 2^{50000}").outcome()).isEqualTo(Outcome.CORRECT);
        assertThat(boxed("2^{100000}", "2^{100000}+1").outcome()).isEqualTo(Outcome.WRONG);
        assertThat(boxed("x^{1000000000000}", "x^{10^{12}}").outcome()).isEqualTo(Outcome.CORRECT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7^{7^{7^{7^{7}}}}",
                "((((9!)!)!)!)!",
                "10^{-10^{10^{10}}}",
                "1e999999999",
                "1e-999999999",
                "2^{2^{2^{2^{2^{2}}}}} \\mod 7",
                "\\binom{10^{12}}{10^{11}}",
                "\\gcd(10^{100000}, 3^{100000})",
                "\\sum_{k=1}^{10^{12}} k",
                "\\sum_{k=1}^{200} \\sum_{j=1}^{200} \\sum_{i=1}^{200} i",
                "\\prod_{k=1}^{1000000} k",
                "e^{e^{e^{e^{9}}}}",
                "\\sqrt[999999999]{2}",
                "\\sin(10^{10^{6}})",
                "\\max(9^{9^9}, 8^{9^9})",
                "((x+1)^{100000}+1)^{100000}",
                "\\lfloor \\pi \\cdot 10^{100000} \\rfloor",
                "0.\\overline{0000000000000000000000000000000000000000000000000001}"
            })
    void aNumberThatNobodyCanWriteIsNotFive(String answer) {
        Verification verification = boxed("5", answer);
        assertThat(verification.outcome()).isNotEqualTo(Outcome.CORRECT);
        assertThat(verification.steps()).isLessThanOrEqualTo(MathVerifier.DEFAULT_STEPS);
    }

    @ParameterizedTest
    @CsvSource({
        "'\\frac{',1,'}{2}'",
        "'\\sqrt{',x,'}'",
        "'|',x,'|'",
        "'\\left(',7,'\\right)'",
        "'x^{',2,'}'",
        "'-',3,''"
    })
    void aThousandLevelsOfAnythingEqualThemselvesOrAreUndecided(String open, String middle, String close) {
        String deep = nested(open, middle, close, 1_000);
        assertThat(verifier.equal(deep, deep + " + 0").outcome()).isNotEqualTo(Outcome.WRONG);
    }

    @Test
    void tenThousandNestedFractionsAreWithinTheBudget() {
        assertThat(boxed("5", nested("\\frac{1}{1+", "1", "}", 10_000)).outcome())
                .isEqualTo(Outcome.WRONG);
    }

    @Test
    void tenThousandBracketsMeanNothing() {
        assertThat(boxed("5", nested("(", "5", ")", 10_000)).outcome()).isEqualTo(Outcome.CORRECT);
    }

    @ParameterizedTest
    @CsvSource({
        "(",
        "{",
        "\\{",
        "$",
        "\\(",
        "\\boxed{",
        "\\frac",
        "^",
        "_",
        "x_{1+",
        "|",
        "\\left(",
        "1,",
        "\\text{",
        "answer is ",
        "\\begin{pmatrix}",
        "0.\\overline{1",
        "the cat 5 ",
        "'$1$, '",
        "!",
        "½",
        "'\\hspace{ '"
    })
    void aMegabyteOfOneThingEnds(String unit) {
        String text = unit.repeat(1_000_000 / unit.length());
        for (String response : new String[] {text, "\\boxed{" + text + "}", "5" + text}) {
            assertThat(verifier.verify("5", response).steps()).isLessThanOrEqualTo(MathVerifier.DEFAULT_STEPS);
        }
    }

    @Test
    void aMillionDigitsDifferFromFive() {
        assertThat(boxed("5", "7".repeat(1_000_000)).outcome()).isEqualTo(Outcome.WRONG);
    }

    @Test
    void pastTheBudgetNothingIsClaimed() {
        Verification verification = new MathVerifier(200).verify("\\sin^2 x+\\cos^2 x", "\\boxed{1}");
        assertThat(verification.outcome()).isEqualTo(Outcome.UNDECIDED);
        assertThat(verification.reason()).contains("more than 200 steps");
    }

    @Test
    void anIntegralIsUndecidedInAReferenceAndNoAnswerToAPlainOne() {
        assertThat(boxed("\\int_0^1 x^2 dx", "\\frac13").outcome()).isEqualTo(Outcome.UNDECIDED);
        assertThat(boxed("\\frac13", "\\int_0^1 x^2 dx").outcome()).isEqualTo(Outcome.WRONG);
    }

    /** Or writing what nobody can judge would be better than being wrong. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\int_0^1 x^2 dx",
                "\\lim_{x \\to 0} \\frac{\\sin x}{x}",
                "\\sum_{k=1}^{10^{12}} k",
                "(\\frac{1}{2})!",
                "\\sin(10^{10^{6}})",
                "e^{e^{e^{e^{9}}}}",
                "\\max(9^{9^9}, 8^{9^9})",
                "10^{-10^{10^{10}}}",
                "\\sum_{k=1}^{200} \\sum_{j=1}^{200} \\sum_{i=1}^{200} i"
            })
    void whatNobodyCanJudgeIsNoAnswerToAPlainReference(String answer) {
        for (String reference : new String[] {"5", "\\frac{1}{3}", "\\sqrt{2}", "(1, 2)", "x + 1", "[0, 1)", "A"}) {
            assertThat(boxed(reference, answer).outcome()).as(reference).isEqualTo(Outcome.WRONG);
            assertThat(boxed(reference, "5 + (" + answer + ")").outcome())
                    .as(reference)
                    .isEqualTo(Outcome.WRONG);
        }
    }

    @Test
    void depthAndLengthOfAResponseAreNoExcuseEither() {
        for (String answer : new String[] {
            nested("\\frac{1}{1+", "x", "}", 20_000),
            nested("\\sin(", "1", ")", 3_000),
            nested("\\{", "5", "\\}", 3_000),
            "\\sqrt{" + "1+".repeat(130_000) + "1}",
            "(" + "1,".repeat(3_000) + "1)"
        }) {
            Verification verification = boxed("5", answer);
            assertThat(verification.outcome()).as(verification.reason()).isEqualTo(Outcome.WRONG);
        }
    }

    @Test
    void theReasonNamesTheLimit() {
        assertThat(boxed("5", "\\int_0^1 x^2 dx").reason())
                .contains("not worked out")
                .contains("reference");
    }

    @Test
    void almostEqualIsNotEqual() {
        assertThat(boxed("262537412640768744", "e^{\\pi\\sqrt{163}}").outcome()).isEqualTo(Outcome.WRONG);
        assertThat(boxed("0", "\\sqrt{10^{40}+1}-10^{20}").outcome()).isEqualTo(Outcome.WRONG);
    }
}
