package dev.tempo.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.verification.text.AnswerExtraction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerExtractionTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "5 | First \\boxed{4}, but after all \\boxed{5}.",
                "1 , 2 | \\boxed{1} and \\boxed{2}",
                "2 | We boxed \\boxed{1} earlier and saw that this is much too small for it. \\boxed{2}",
                "\\frac{1}{2} | So \\fbox{\\frac{1}{2}}",
                "\\{1,2\\} | $\\boxed{\\{1,2\\}}$",
                "28 \\% | $\\boxed{28}$ percent",
                "12 | Thus the answer is 12. I hope it is correct.",
                "12 | \\boxed{3} was a first guess. Final Answer: The final answer is 12.",
                "x+1 | Hence we obtain the polynomial $x+1$ as claimed.",
                "70 | The total cost is 100 - 30 = 70",
                "-3 | Therefore the answer is -3",
                "3/4 | So the probability is 3/4.",
                "(3, 4) | The answer is (3, 4).",
                "$7$ | $7$",
                "300 | 水池中水将在300分钟内被放完。",
                "17 | <answer>17</answer>",
                "42 | <think>Perhaps \\boxed{41}.</think> The result is 42.",
            })
    void theFinalAnswerIsFound(String answer, String response) {
        assertThat(AnswerExtraction.answer(response)).isEqualTo(answer);
    }

    @Test
    void anUnfinishedThoughtHoldsNoAnswer() {
        assertThat(AnswerExtraction.answer("<think>It must be \\boxed{5}")).isEmpty();
    }

    @Test
    void aReferenceMayBeAWorkedSolution() {
        assertThat(AnswerExtraction.reference("Setting $x=0$ gives $y=2$, so $x = \\boxed{2}$."))
                .isEqualTo("2");
    }
}
