package dev.tempo.standalone.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.datasets.Question;
import java.util.List;
import org.junit.jupiter.api.Test;

class OverlapTest {
    private final Overlap training =
            new Overlap(List.of(question("t-1", "What is 3 + 4?"), question("t-2", "Name the  capital of France.")));

    @Test
    void caseWidthAndWhiteSpaceDoNotHideAnExactHit() {
        assertThat(training.exactly(question("e", "name the capital OF Ｆrance.")))
                .map(Question::id)
                .hasValue("t-2");
    }

    @Test
    void oneChangedNumberIsNearAndNotExact() {
        Question near = question("e", "What is 3 + 5?");

        assertThat(training.exactly(near)).isEmpty();
        assertThat(training.nearly(near)).isTrue();
    }

    @Test
    void twoChangedNumbersAreNeither() {
        Question far = question("e", "What is 6 + 5?");

        assertThat(training.exactly(far)).isEmpty();
        assertThat(training.nearly(far)).isFalse();
    }

    private static Question question(String id, String text) {
        return new Question(id, text, "default");
    }
}
