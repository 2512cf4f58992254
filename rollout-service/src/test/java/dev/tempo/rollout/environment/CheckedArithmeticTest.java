package dev.tempo.rollout.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.verification.text.AnswerExtraction;
import org.junit.jupiter.api.Test;

class CheckedArithmeticTest {
    private static final String PROMPT = "Modulo 11 this gives 4. Which number was it?";

    private final CheckedArithmetic environment = new CheckedArithmetic();

    @Test
    void resultsAreRemaindersWhereThePromptNamesAModulus() {
        assertThat(environment.next(PROMPT, "5 * 7 =")).isEqualTo(" 2");
        assertThat(environment.next("Calculate mod 7.", "5 * 7 =")).isEqualTo(" 0");
        assertThat(environment.next(PROMPT, "3 - 8 =")).isEqualTo(" 6");
        assertThat(environment.next("How many?", "5 * 7 =")).isEqualTo(" 35");
        assertThat(environment.next("How many?", "3 - 8 =")).isEqualTo(" -5");
    }

    @Test
    void aChainGoesOnFromTheNumberThatWasWrittenLast() {
        assertThat(environment.next(PROMPT, "Check: 1 * 3 = 3, + 5 =")).isEqualTo(" 8");
        assertThat(environment.next("How many?", "3 - 8 = -5, * 2 =")).isEqualTo(" -10");
    }

    @Test
    void itWritesNothingWhereNobodyAsks() {
        assertThat(environment.next(PROMPT, "")).isNull();
        assertThat(environment.next(PROMPT, "5 * 7")).isNull();
        assertThat(environment.next(PROMPT, "5 * 7 = 2")).isNull();
        assertThat(environment.next(PROMPT, "x =")).isNull();
        assertThat(environment.next(PROMPT, "* 7 =")).isNull();
        assertThat(environment.next(PROMPT, "Check: ")).isNull();
    }

    /** What is checked is what is judged: of several boxes the last. */
    @Test
    void theCheckBeginsWithTheAnswerAsJudgesReadIt() {
        for (String response : new String[] {
            "Undo times 3 plus 5: 1.\n</think>\n\nThe answer is \\boxed{1}. ",
            "\\boxed{7}.\n</think>\n\nThe answer is \\boxed{1}. ",
            "The answer is \\boxed{7}. Wait. The answer is \\boxed{1}. ",
            "The answer is \\boxed{1}. No. The answer is \\boxed{7. ",
            "The answer is \\boxed{1}. The final answer is 7. "
        }) {
            assertThat(environment.next(PROMPT, response + "Check:"))
                    .as(response)
                    .isEqualTo(" 1")
                    .isEqualTo(" " + AnswerExtraction.boxed(response));
        }
    }

    @Test
    void aLetterIsCheckedByTheOptionThatItNames() {
        String options = PROMPT + "\nA. 4\nB. 10\nC. 0<|im_end|>";
        String last = PROMPT + "\nA. 4\nB. 10\nAnswer with the letter.<|im_end|>\n<|im_start|>assistant\n";

        assertThat(environment.next(options, "The answer is \\boxed{A}. Check:"))
                .isEqualTo(" 4");
        assertThat(environment.next(last, "The answer is \\boxed{B}. Check:")).isEqualTo(" 10");
        assertThat(environment.next(last, "The answer is \\boxed{10}. Check:"))
                .as("no letter")
                .isEqualTo(" 10");
        for (String box : new String[] {"b", "(B)", "B.", "\\text{B}"}) {
            assertThat(environment.next(last, "The answer is \\boxed{" + box + "}. Check:"))
                    .as(box)
                    .isEqualTo(" 10");
        }
        assertThat(environment.next(last, "The answer is \\boxed{A, B}. Check:"))
                .as("two options")
                .isEqualTo(" A, B");
        assertThat(environment.next(last, "The answer is \\boxed{D}. Check:"))
                .as("no option")
                .isEqualTo(" D");
        assertThat(environment.next(PROMPT, "The answer is \\boxed{B}. Check:"))
                .as("no options")
                .isEqualTo(" B");
    }

    @Test
    void aCheckOfNoAnswerIsTheModelsToWrite() {
        assertThat(environment.next(PROMPT, "Check:")).isNull();
        for (String response : new String[] {
            "<think>\nIs it \\boxed{1}? ",
            "The answer is 1. ",
            "1 ",
            "The answer is \\boxed{1. ",
            "The answer is \\boxed{}. ",
            "The answer is \\boxed{7\\boxed{1}}. "
        }) {
            assertThat(environment.next(PROMPT, response + "Check:"))
                    .as(response)
                    .isNull();
        }
    }
}
