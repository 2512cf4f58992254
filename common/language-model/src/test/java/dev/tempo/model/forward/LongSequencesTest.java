package dev.tempo.model.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tempo.model.Head;
import dev.tempo.model.ModelConfig;
import dev.tempo.model.ScalarTransformer;
import dev.tempo.model.Sequence;
import dev.tempo.model.TinyModel;
import dev.tempo.model.inference.Critic;
import dev.tempo.model.inference.GeneratedResponse;
import dev.tempo.model.inference.GenerationTask;
import dev.tempo.model.inference.Policy;
import dev.tempo.model.inference.SamplingSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests of sequences beyond the length from which the fused kernel computes attention, and beyond a block of its queries.
 */
class LongSequencesTest {
    private static final int[] LENGTHS = {63, 64, 65, 66, 80, 97, 130, 255, 258, 300, 521, 640};

    @TempDir
    Path directory;

    private static List<Sequence> sequences() {
        List<Sequence> sequences = new ArrayList<>();
        for (int length : LENGTHS) {
            sequences.add(Sequence.of(TinyModel.ids(length, 5), TinyModel.ids(3 + length, length - 5)));
        }
        return sequences;
    }

    @ParameterizedTest
    @MethodSource("dev.tempo.model.TinyModel#longConfigs")
    void logProbabilitiesAndValuesAreThoseOfTheEquations(ModelConfig config) {
        Path policyDirectory = TinyModel.write(directory.resolve("policy"), config, Head.VOCABULARY, 3);
        Path criticDirectory = TinyModel.write(directory.resolve("critic"), config, Head.VALUE, 4);
        ScalarTransformer policyOracle = new ScalarTransformer(policyDirectory, Head.VOCABULARY);
        ScalarTransformer criticOracle = new ScalarTransformer(criticDirectory, Head.VALUE);
        List<Sequence> some = List.of(sequences().get(4), sequences().get(9));
        try (Policy policy = Policy.load(policyDirectory);
                Critic critic = Critic.load(criticDirectory)) {
            for (Sequence sequence : some) {
                assertClose(policy.logProbs(List.of(sequence)).get(0), policyOracle.logProbs(sequence));
                assertClose(critic.values(List.of(sequence)).get(0), criticOracle.values(sequence));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.tempo.model.TinyModel#longConfigs")
    void measurementsDoNotDependOnTheirCompany(ModelConfig config) {
        TinyModel.write(directory, config, Head.VOCABULARY, 3);
        List<Sequence> sequences = sequences();
        List<Sequence> twice = new ArrayList<>(sequences);
        twice.addAll(sequences);
        twice.add(Sequence.of(TinyModel.ids(1, 4), TinyModel.ids(2, 125)));
        try (Policy policy = Policy.load(directory)) {
            List<float[]> together = policy.logProbs(twice);
            for (int i = 0; i < sequences.size(); i++) {
                float[] alone = policy.logProbs(List.of(sequences.get(i))).get(0);
                assertThat(together.get(i)).isEqualTo(alone);
                assertThat(together.get(i + sequences.size())).isEqualTo(alone);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.tempo.model.TinyModel#longConfigs")
    void whatIsGeneratedIsMeasuredAlike(ModelConfig config) {
        TinyModel.write(directory, config, Head.VOCABULARY, 5);
        GenerationTask task = new GenerationTask(
                TinyModel.ids(9, 270),
                1,
                new SamplingSettings(1, 40),
                (prompt, response, length) -> length % 2 == 0 ? 4 : -1);
        try (Policy policy = Policy.load(directory)) {
            GeneratedResponse generation = policy.generate(List.of(task)).get(0);
            float[] measured = policy.logProbs(List.of(Sequence.of(task.promptIds(), generation.responseIds())))
                    .get(0);
            assertThat(measured).hasSizeGreaterThan(3);
            for (int t = 0; t < measured.length; t++) {
                assertThat(generation.logProbs()[t]).isCloseTo(measured[t], within(5e-5f));
            }
        }
    }

    private static void assertClose(float[] actual, double[] expected) {
        assertThat(actual).hasSize(expected.length);
        for (int t = 0; t < expected.length; t++) {
            assertThat((double) actual[t]).isCloseTo(expected[t], within(5e-5));
        }
    }
}
