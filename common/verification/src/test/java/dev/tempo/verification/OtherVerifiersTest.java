package dev.tempo.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempo.plugin.Outcome;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OtherVerifiersTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "A | The answer is A.",
                "(B) | So the answer is (B).",
                "C | **Answer:** C",
                "D | It is not A or B. I choose D, since A fails.",
                "ACD | The correct answers are A, C and D.",
                "ACD | 故选ACD。",
                "AB | \\boxed{AB}",
                "AB | \\boxed{\\text{B, A}}",
                "I | The answer is (I)",
                "B | I think it must be B",
                "C | <think>A? maybe A</think>C",
                "E | Answer: E) none of these",
                "B | B. Because of the wind",
            })
    void lettersAreFoundWhereResponsesPutThem(String gold, String response) {
        assertThat(new ChoiceVerifier().verify(gold, response).outcome()).isEqualTo(Outcome.CORRECT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"ACD | A, C", "A | A, B", "A | No idea", "B | A man is not an island", "A | <think>A"})
    void anythingButAllTheRightLettersIsWrong(String gold, String response) {
        assertThat(new ChoiceVerifier().verify(gold, response).outcome()).isEqualTo(Outcome.WRONG);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "] ] > | ] ]>",
                "valid | So the answer is valid.",
                "New York | <answer>new york!</answer>",
                "a b c | The answer is b c",
                "False | \\boxed{False}"
            })
    void wordsMatchWithoutRegardToLayout(String gold, String response) {
        assertThat(new TextVerifier().verify(gold, response).outcome()).isEqualTo(Outcome.CORRECT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"valid | invalid", "] ] > | ] ]", "True | False", "42 | ''"})
    void differentWordsAreWrong(String gold, String response) {
        assertThat(new TextVerifier().verify(gold, response).outcome()).isEqualTo(Outcome.WRONG);
    }

    @Test
    void blanksAreComparedInOrder() {
        ClozeVerifier cloze = new ClozeVerifier(new MathVerifier());
        assertThat(cloze.verify("$5$;$10$", "\\boxed{5; 10}").outcome()).isEqualTo(Outcome.CORRECT);
        assertThat(cloze.verify("$5$;$10$", "\\boxed{5, \\frac{20}{2}}").outcome())
                .isEqualTo(Outcome.CORRECT);
        assertThat(cloze.verify("$5$;$10$", "\\boxed{10; 5}").outcome()).isEqualTo(Outcome.WRONG);
        assertThat(cloze.verify("$5$;$10$", "\\boxed{5}").outcome()).isEqualTo(Outcome.WRONG);
        assertThat(cloze.verify("$\\frac12$", "\\boxed{0.5}").outcome()).isEqualTo(Outcome.CORRECT);
    }

    @Test
    void aSeedAlwaysGivesTheSameOrderOfOptions() {
        OptionOrder order = OptionOrder.of(4, 7);
        assertThat(OptionOrder.of(4, 7)).isEqualTo(order);
        assertThat(order.arrange(List.of("w", "x", "y", "z")).get(order.letterOf(2) - 'A'))
                .isEqualTo("y");
    }

    @Test
    void everyPlaceIsEquallyLikelyForTheRightOption() {
        int[] places = new int[4];
        for (int seed = 0; seed < 4_000; seed++) {
            places[OptionOrder.of(4, seed).letterOf(0) - 'A']++;
        }
        assertThat(Arrays.stream(places).boxed())
                .allSatisfy(count -> assertThat(count).isBetween(900, 1_100));
    }

    @Test
    void whatIsNoOrderIsRejected() {
        assertThatThrownBy(() -> new OptionOrder(List.of(0, 0))).hasMessageContaining("[0, 0]");
        assertThatThrownBy(() -> OptionOrder.of(3, 1).letterOf(3)).hasMessageContaining("none is 3");
        assertThatThrownBy(() -> OptionOrder.of(3, 1).arrange(List.of("a"))).hasMessageContaining("1 were given");
    }
}
