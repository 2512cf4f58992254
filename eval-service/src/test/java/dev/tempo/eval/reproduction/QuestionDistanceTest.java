package dev.tempo.eval.reproduction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class QuestionDistanceTest {

    @Test
    void itIsHalfTheSumOfTheDifferencesOfFrequencies() {
        // abcd and bcde, one half each, against abcd alone: (|1/2 - 1| + |1/2 - 0|) / 2
        assertThat(QuestionDistance.of(List.of("abcde"), List.of("abcd"))).isEqualTo(.5);
        // abcd 2/3, efgh 1/3 against the other way round: (1/3 + 1/3) / 2
        assertThat(QuestionDistance.of(List.of("abcd", "abcd", "efgh"), List.of("abcd", "efgh", "efgh")))
                .isEqualTo(1 / 3.0);
    }

    @Test
    void setsOfOneDistributionAreNowhereApartAndSetsWithoutARunInCommonAsFarAsCanBe() {
        List<String> questions = List.of("x*8+8=3", "x*7+2=1");
        assertThat(QuestionDistance.of(questions, questions)).isZero();
        assertThat(QuestionDistance.of(questions, List.of("y-1-2-3"))).isEqualTo(1);
    }

    @Test
    void aSetWithoutTextIsRefused() {
        assertThatThrownBy(() -> QuestionDistance.of(List.of("abc"), List.of("abcd")))
                .hasMessage("a set of questions has no text of 4 characters");
    }
}
