package dev.tempo.recipes.shape;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestWordTest {
    private static final List<String> WORDS = List.of("id", "file", "seed", "samples", "learningRate", "maxNewTokens");

    @ParameterizedTest
    @CsvSource({
        "sead, seed",
        "files, file",
        "flie, file",
        "sample, samples",
        "learning_rate, learningRate",
        "LearningRate, learningRate",
        "laerningrate, learningRate",
        "max-new-token, maxNewTokens"
    })
    void aSlipOfThePenIsNear(String written, String meant) {
        assertThat(NearestWord.of(written, WORDS)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"lr", "need_more", "x", "sum", "rate", "tokens", "field"})
    void anotherWordIsNot(String written) {
        assertThat(NearestWord.of(written, WORDS)).isEmpty();
    }

    @Test
    void theHintIsThereOnlyWhereAWordIsNear() {
        assertThat(NearestWord.hint("sead", WORDS)).isEqualTo("; did you mean 'seed'?");
        assertThat(NearestWord.hint("lr", WORDS)).isEmpty();
    }
}
