package dev.tempo.judging.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StatedAnswerTest {

    @Test
    void theLastBoxIsTheAnswer() {
        assertThat(StatedAnswer.of("First \\boxed{1}. No, \\boxed{\\text{Paris}}."))
                .isEqualTo("\\text{Paris}");
    }

    @Test
    void whatFollowsTheLastAnnouncementIsTheAnswerWithAllItsWords() {
        assertThat(StatedAnswer.of("Answer: maybe 3.\n\nFinal answer: It began in 1789, in Paris.\n\nBye."))
                .isEqualTo("It began in 1789, in Paris.");
        assertThat(StatedAnswer.of("**Answer:** the heart")).isEqualTo("the heart");
    }

    @Test
    void otherwiseItIsTheLastParagraphThatIsNoFarewell() {
        assertThat(StatedAnswer.of("Some thoughts.\n\nThe heart pumps blood.\n\nI hope this helps!"))
                .isEqualTo("The heart pumps blood.");
        assertThat(StatedAnswer.of("I hope")).isEqualTo("I hope");
    }

    @Test
    void reasoningIsNeverTheAnswer() {
        assertThat(StatedAnswer.of("<think>\\boxed{1}</think>The heart.")).isEqualTo("The heart.");
        assertThat(StatedAnswer.of("<think>Answer: the heart")).isEmpty();
        assertThat(StatedAnswer.of(
                        "<|channel|>analysis<|message|>hm<|end|><|start|>assistant<|channel|>final<|message|>The"
                                + " heart<|return|>"))
                .isEqualTo("The heart");
    }
}
