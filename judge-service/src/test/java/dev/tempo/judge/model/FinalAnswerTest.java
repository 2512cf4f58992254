package dev.tempo.judge.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FinalAnswerTest {

    @Test
    void theLastBoxIsTheAnswer() {
        assertThat(FinalAnswer.of("First \\boxed{1}. No, \\boxed{\\text{Paris}}."))
                .isEqualTo("\\text{Paris}");
    }

    @Test
    void whatFollowsTheLastAnnouncementIsTheAnswerWithAllItsWords() {
        assertThat(FinalAnswer.of("Answer: maybe 3.\n\nFinal answer: It began in 1789, in Paris.\n\nBye."))
                .isEqualTo("It began in 1789, in Paris.");
        assertThat(FinalAnswer.of("**Answer:** the heart")).isEqualTo("the heart");
    }

    @Test
    void otherwiseItIsTheLastParagraphThatIsNoFarewell() {
        assertThat(FinalAnswer.of("Some thoughts.\n\nThe heart pumps blood.\n\nI hope this helps!"))
                .isEqualTo("The heart pumps blood.");
        assertThat(FinalAnswer.of("I hope")).isEqualTo("I hope");
    }

    @Test
    void reasoningIsNeverTheAnswer() {
        assertThat(FinalAnswer.of("<think>\\boxed{1}</think>The heart.")).isEqualTo("The heart.");
        assertThat(FinalAnswer.of("<think>Answer: the heart")).isEmpty();
        assertThat(FinalAnswer.of(
                        "<|channel|>analysis<|message|>hm<|end|><|start|>assistant<|channel|>final<|message|>The"
                                + " heart<|return|>"))
                .isEqualTo("The heart");
    }
}
