package dev.tempo.rollout.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempo.model.inference.Environment;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CalculatorTest {
    static final String VOCABULARY = ".x+*=-/|YN$0123456789a";
    private final Calculator calculator = new Calculator(CalculatorTest::id);

    @Test
    void itWritesTheProduct() {
        assertThat(next("x*3+4=5", "6*8")).isEqualTo("4");
    }

    @Test
    void itWritesTheSum() {
        assertThat(next("x*3+4=5", "27+9")).isEqualTo("5");
    }

    @Test
    void tenIsWrittenA() {
        assertThat(next("x*3+4=5", "a*1")).isEqualTo("a");
        assertThat(next("x*3+4=5", "a+a")).isEqualTo("9");
    }

    @Test
    void theFirstNumberMayBeThePromptsLastToken() {
        assertThat(next("x*3+4=5", "*4")).isEqualTo("9");
    }

    @Test
    void anOperatorInThePromptIsNoneOfItsBusiness() {
        assertThat(next("x*3+", "4")).isNull();
        assertThat(next("x*3", "")).isNull();
    }

    @Test
    void itKeepsQuietAfterAnythingElse() {
        assertThat(next("x*3+4=5", "6-8")).isNull();
        assertThat(next("x*3+4=5", "x*8")).isNull();
        assertThat(next("x*3+4=5", "6*Y")).isNull();
        assertThat(next("x*3+4=5", "6*84")).isNull();
        assertThat(next("x*3+4=x", "*8")).isNull();
    }

    @Test
    void itReadsNothingBeyondTheResponseSoFar() {
        int[] buffer = ids("6*8999");

        assertThat(calculator.next(ids("x"), buffer, 3)).isEqualTo(id("4").getAsInt());
        assertThat(calculator.next(ids("x"), buffer, 2)).isEqualTo(Environment.NONE);
    }

    @Test
    void aVocabularyWithoutANumberIsRefusedByName() {
        assertThatThrownBy(() -> new Calculator(text -> text.equals("7") ? OptionalInt.empty() : id(text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'7'")
                .hasMessageContaining("generation.environment");
    }

    private @Nullable String next(String prompt, String response) {
        int next = calculator.next(ids(prompt), ids(response), response.length());
        return next == Environment.NONE ? null : VOCABULARY.substring(next, next + 1);
    }

    static int[] ids(String text) {
        return text.chars().map(VOCABULARY::indexOf).toArray();
    }

    static OptionalInt id(String text) {
        int id = VOCABULARY.indexOf(text);
        return id < 0 ? OptionalInt.empty() : OptionalInt.of(id);
    }
}
