package dev.tempo.model.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tempo.model.Head;
import dev.tempo.model.ModelConfig;
import dev.tempo.model.ScalarTransformer;
import dev.tempo.model.Sequence;
import dev.tempo.model.TinyModel;
import dev.tempo.model.inference.Critic;
import dev.tempo.model.inference.Policy;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ForwardTest {
    private static final double TOLERANCE = 2e-5;

    @TempDir
    Path directory;

    @ParameterizedTest
    @MethodSource("dev.tempo.model.TinyModel#configs")
    void logProbabilitiesAreThoseOfTheEquations(ModelConfig config) {
        TinyModel.write(directory, config, Head.VOCABULARY, 3);
        ScalarTransformer oracle = new ScalarTransformer(directory, Head.VOCABULARY);
        List<Sequence> sequences = TinyModel.sequences(12, 5);
        try (Policy policy = Policy.load(directory)) {
            List<float[]> logProbs = policy.logProbs(sequences);
            for (int i = 0; i < sequences.size(); i++) {
                assertClose(logProbs.get(i), oracle.logProbs(sequences.get(i)));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.tempo.model.TinyModel#configs")
    void valuesAreThoseOfTheEquationsOneMoreThanTokens(ModelConfig config) {
        TinyModel.write(directory, config, Head.VALUE, 4);
        ScalarTransformer oracle = new ScalarTransformer(directory, Head.VALUE);
        List<Sequence> sequences = TinyModel.sequences(12, 6);
        try (Critic critic = Critic.load(directory)) {
            List<float[]> values = critic.values(sequences);
            for (int i = 0; i < sequences.size(); i++) {
                assertThat(values.get(i)).hasSize(sequences.get(i).responseIds().length + 1);
                assertClose(values.get(i), oracle.values(sequences.get(i)));
            }
        }
    }

    @Test
    void aCriticThatStartsFromAPolicyIsUndecidedEverywhere() {
        TinyModel.policy(directory, 4);
        try (Critic critic = Critic.load(directory)) {
            assertThat(critic.values(TinyModel.sequences(3, 1)))
                    .allSatisfy(values -> assertThat(values).containsOnly(.5f));
        }
    }

    @Test
    void aPromptWithoutResponseHasNoLogProbabilityAndOneValue() {
        TinyModel.policy(directory, 4);
        Sequence prompt = Sequence.of(new int[] {5}, new int[0]);
        try (Policy policy = Policy.load(directory);
                Critic critic = Critic.load(directory)) {
            assertThat(policy.logProbs(List.of(prompt)).get(0)).isEmpty();
            assertThat(critic.values(List.of(prompt)).get(0)).hasSize(1);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.tempo.model.TinyModel#configs")
    void measurementsDoNotDependOnTheirCompany(ModelConfig config) {
        TinyModel.write(directory.resolve("policy"), config, Head.VOCABULARY, 3);
        TinyModel.write(directory.resolve("critic"), config, Head.VALUE, 4);
        List<Sequence> sequences = TinyModel.sequences(64, 7);
        try (Policy policy = Policy.load(directory.resolve("policy"));
                Critic critic = Critic.load(directory.resolve("critic"))) {
            List<float[]> logProbs = policy.logProbs(sequences);
            List<float[]> values = critic.values(sequences);
            for (int i = 0; i < sequences.size(); i++) {
                assertThat(policy.logProbs(List.of(sequences.get(i))).get(0)).isEqualTo(logProbs.get(i));
                assertThat(critic.values(List.of(sequences.get(i))).get(0)).isEqualTo(values.get(i));
            }
            for (int from = 0; from < sequences.size(); from += 8) {
                assertThat(policy.logProbs(sequences.subList(from, from + 8)))
                        .usingElementComparator(Arrays::compare)
                        .isEqualTo(logProbs.subList(from, from + 8));
            }
        }
    }

    private static void assertClose(float[] actual, double[] expected) {
        assertThat(actual).hasSize(expected.length);
        for (int t = 0; t < expected.length; t++) {
            assertThat((double) actual[t]).isCloseTo(expected[t], within(TOLERANCE));
        }
    }
}
