package dev.tempo.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.fixtures.hostile.HostileInputs;
import dev.tempo.verification.choice.AnswerOptions;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/**
 * Answers that are made to keep a verifier busy: it comes to a verdict about each. None is refused by an exception; one that is
 * not text is left out, as a message cannot hold it.
 */
class HostileAnswersTest {
    private static final String[] WORDS = {
        "\\boxed{",
        "}",
        "{",
        "\\frac",
        "\\sqrt",
        "^",
        "^{",
        "_",
        "!",
        "\\left(",
        "\\right)",
        "\\begin{pmatrix}",
        "\\\\",
        "&",
        "9^{9^{9}}",
        "10^{100000}",
        "2^{2^{2^{2^{2}}}}",
        "(100000!)!",
        "100000!",
        "\\sum_{k=1}^{1000000000} k",
        "\\prod_{k=1}^{100000} k",
        "\\binom{1000000}{500000}",
        "\\gcd(10^{1000}, 7^{999})",
        "1e999999999",
        "\\log_{10}(10^{99999})",
        "\\cup",
        "\\pm",
        ",",
        "=",
        "<",
        "\\le",
        "x",
        "y",
        "0.(3)",
        "\\overline{3}",
        "\\cdots",
        "\\ldots",
        "\\int_0^1",
        "%",
        "\\mod",
        "\\pmod{7}",
        "or",
        "and",
        "<think>",
        "</think>",
        "The answer is",
        "**",
        "$",
        "$$",
        "\\(",
        "\\[",
        "1/0",
        "0^0",
        "\\infty",
        "-",
        "1/(1/(1/(",
        "a_{n}",
        "(A)",
        "B.",
        "\\text{ and }"
    };

    /** The part of an input that comes before a line of its own is the reference, the rest the response. */
    private static HostileInputs pairs(String reader) {
        return HostileInputs.of(reader).words(WORDS).refusedBy(NoText.class);
    }

    private static final class NoText extends Exception {
        private static final long serialVersionUID = 1;
    }

    private static String[] pair(byte[] input) throws NoText {
        String text = new String(input, StandardCharsets.UTF_8);
        int line = text.indexOf('\n');
        if (line < 0) {
            throw new NoText();
        }
        return new String[] {text.substring(0, line), text.substring(line + 1)};
    }

    @Test
    void theMathematicalVerifier() {
        MathVerifier verifier = new MathVerifier();
        pairs("mathematical answer")
                .seeds(
                        "\\frac{3}{4}\nThe answer is $\\boxed{\\frac{6}{8}}$.",
                        "2^{10}\nWe get \\boxed{1024}",
                        "(-\\infty, 3] \\cup [5, 7)\n<think>hm</think> \\boxed{x \\le 3 \\text{ or } 5 \\le x < 7}",
                        "\\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}\n\\boxed{\\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}}",
                        "x^2 + 2x + 1\n\\boxed{(x+1)^2}",
                        "\\{1, 2, 3\\}\nso \\boxed{3, 2, 1}",
                        "\\frac{\\sqrt{3}}{2} + \\sin 30^\\circ\n**Answer:** $\\frac{1 + \\sqrt 3}{2}$",
                        "y = 2x + 1\n\\boxed{2x - y + 1 = 0}",
                        "120\n\\boxed{5!}")
                // the number e was worked out wherever it stood; a long word was copied for each of its beginnings
                .found(
                        "y = 2x + 1\n\\bo" + "xed{2x - y + ".repeat(2_522) + "1 = 0}",
                        "Paris\nIt is \\" + "A".repeat(42_000))
                .allocating(64, 512 << 20)
                .into(input -> verifier.verify(pair(input)[0], pair(input)[1]));
    }

    @Test
    void theOtherVerifiers() {
        String grid = "{\"header\":[\"House\",\"Name\"],\"rows\":[[\"1\",\"Eric\"],[\"2\",\"Arnold\"]]}";
        ClozeVerifier cloze = new ClozeVerifier(new MathVerifier(100_000));
        pairs("choice, text, cloze or grid")
                .seeds(
                        "B\nThe answer is (B), not (A).",
                        "A, C\nA and C are right; B is wrong.",
                        "$5$;$10$\n\\boxed{5} and \\boxed{10}",
                        grid + "\n" + "{\"solution\": " + grid + "}",
                        "Paris\nIt is Paris.")
                .found("Paris\nIt is \"" + "A".repeat(1_300) + "\\" + "A".repeat(54_000))
                .allocating(64, 512 << 20)
                .into(input -> {
                    String[] pair = pair(input);
                    new ChoiceVerifier().verify("B", pair[1]);
                    new TextVerifier().verify(pair[0], pair[1]);
                    cloze.verify(pair[0], pair[1]);
                    AnswerOptions.lettersOf("Which?\n(A) one\n(B) two\n" + pair[0]);
                    return new GridVerifier().verify(grid, pair[1]);
                });
    }

    /** What a policy called the houses of a grid was kept, up to twelve thousand names of fifty thousand characters. */
    @Test
    void namesInAnswersAreNotKept() {
        GridVerifier verifier = new GridVerifier();
        long before = used();
        for (int answer = 0; answer < 2_500; answer++) {
            verifier.answer("{\"" + "n".repeat(40_000) + answer + "\": 1}");
        }
        assertThat(used() - before).isLessThan(40 << 20);
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
