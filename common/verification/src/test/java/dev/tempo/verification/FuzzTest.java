package dev.tempo.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.tempo.plugin.Outcome;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Random expressions, random rubbish and mixtures of both. {@code -Dtempo.fuzz.inputs=1000000} is the long form;
 * {@code -Dtempo.fuzz.seed} starts elsewhere.
 */
class FuzzTest {
    private static final long INPUTS = Long.getLong("tempo.fuzz.inputs", 3_000);
    private static final long SEED = Long.getLong("tempo.fuzz.seed", 1);
    private static final String[] PIECES = {
        "1",
        "2",
        "7",
        "0",
        "10",
        "0.5",
        "3.14",
        "1,000",
        "12",
        "x",
        "y",
        "n",
        "\\pi",
        "e",
        "i",
        "+",
        "-",
        "*",
        "/",
        "^",
        "^{2}",
        "_{1}",
        "_i",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        "\\{",
        "\\}",
        "|",
        "\\frac{1}{2}",
        "\\frac12",
        "\\frac",
        "\\sqrt{2}",
        "\\sqrt",
        "\\sqrt[3]{x}",
        "\\sin",
        "\\cos x",
        "\\ln",
        "\\log_2",
        "\\sum_{k=1}^{5}",
        "\\int_0^1",
        "\\lim_{x\\to 0}",
        "!",
        "%",
        "\\%",
        "^\\circ",
        "'",
        "=",
        "<",
        ">",
        "\\le",
        "\\ne",
        "\\in",
        "\\cup",
        "\\cap",
        "\\setminus",
        "\\infty",
        ",",
        ";",
        "\\text{ and }",
        " or ",
        "\\pm",
        "\\mp",
        "\\begin{pmatrix}",
        "&",
        "\\\\",
        "\\end{pmatrix}",
        "\\begin{cases}",
        "\\end{cases}",
        "\\left(",
        "\\right)",
        "\\left|",
        "\\right|",
        "cm",
        "\\text{ cm}",
        "$",
        "\\boxed{",
        "}",
        " ",
        "\n",
        "\\",
        "½",
        "²",
        "√",
        "π",
        "≤",
        "：",
        "答案",
        "the answer is ",
        "</think>",
        "<think>",
        "\\binom{5}{2}",
        "\\max(",
        "\\gcd(",
        "\\lfloor",
        "\\rfloor",
        ":",
        "\\mid",
        "\\overline{3}",
        "1e9",
        "\\choose",
        "\\over",
        "8:15",
        " p.m.",
        "\\approx",
        "^{+}",
        "dx",
        "{,}",
        "\\!",
        "9^{9^{9}}",
        "(100000!)!",
        "\\mathbb{R}",
        "\\emptyset",
        "degrees",
        "f(",
        "\\",
        "\\not",
        "\u0000",
        "\ud835",
        "𝑥",
        "\u202e"
    };

    private final MathVerifier verifier = new MathVerifier(100_000);

    @Test
    void noInputBreaksTheVerifierAndNoneCostsMoreThanItsBudget() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (long input = 0; input < INPUTS; input++) {
            String gold = text(random, 1 + random.nextInt(8));
            String response = random.nextInt(4) == 0
                    ? "\\boxed{" + text(random, 1 + random.nextInt(12)) + "}"
                    : text(random, 1 + random.nextInt(30));
            assertThatCode(() -> {
                        Verification verification = verifier.verify(gold, response);
                        assertThat(verification.steps()).isLessThanOrEqualTo(100_000);
                    })
                    .as("gold <%s> response <%s>", gold, response)
                    .doesNotThrowAnyException();
        }
    }

    /** {@code \textstyle} says nothing, but keeps the two from being compared letter by letter. */
    @Test
    void whatCanBeReadEqualsItselfUnlessItHasNoValue() {
        SplittableRandom random = new SplittableRandom(SEED + 1);
        for (long input = 0; input < INPUTS / 3; input++) {
            String answer = text(random, 1 + random.nextInt(10));
            Verification verification = verifier.equal(answer, "\\textstyle " + answer);
            if (!verification.stage().equals("text") && !verification.stage().equals("real")) {
                assertThat(verification.outcome()).as("answer <%s>", answer).isNotEqualTo(Outcome.WRONG);
            }
        }
    }

    @Test
    void noVoteIsTheSameInOneDirectionAndDifferentInTheOther() {
        SplittableRandom random = new SplittableRandom(SEED + 2);
        for (long input = 0; input < INPUTS / 3; input++) {
            String one = text(random, 1 + random.nextInt(5));
            String other = text(random, 1 + random.nextInt(5));
            Outcome forth = verifier.equal(one, other).outcome();
            Outcome back = verifier.equal(other, one).outcome();
            assertThat(forth == Outcome.CORRECT && back == Outcome.WRONG
                            || forth == Outcome.WRONG && back == Outcome.CORRECT)
                    .as("<%s> and <%s>: %s, but %s", one, other, forth, back)
                    .isFalse();
        }
    }

    @Test
    void theOtherVerifiersTakeAnything() {
        SplittableRandom random = new SplittableRandom(SEED + 3);
        String grid = "{\"header\":[\"House\",\"Name\"],\"rows\":[[\"1\",\"Eric\"]]}";
        for (long input = 0; input < INPUTS / 3; input++) {
            String response = text(random, 1 + random.nextInt(20)) + (random.nextBoolean() ? "{\"solution\": 1}" : "");
            assertThatCode(() -> {
                        new ChoiceVerifier().verify("A", response);
                        new TextVerifier().verify("a", response);
                        new ClozeVerifier(verifier).verify("$5$;$10$", response);
                        new GridVerifier().verify(grid, response);
                    })
                    .as("response <%s>", response)
                    .doesNotThrowAnyException();
        }
    }

    private static String text(SplittableRandom random, int pieces) {
        StringBuilder text = new StringBuilder();
        for (int piece = 0; piece < pieces; piece++) {
            if (random.nextInt(40) == 0) {
                byte[] noise = new byte[random.nextInt(12)];
                new Random(random.nextLong()).nextBytes(noise);
                text.append(new String(noise, java.nio.charset.StandardCharsets.UTF_8));
            } else {
                text.append(PIECES[random.nextInt(PIECES.length)]);
            }
        }
        return text.toString();
    }
}
