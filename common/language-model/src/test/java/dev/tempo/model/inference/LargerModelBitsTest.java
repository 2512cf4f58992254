package dev.tempo.model.inference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.algorithm.rounds.CounterRandom;
import dev.tempo.model.Head;
import dev.tempo.model.ModelConfig;
import dev.tempo.model.Sequence;
import dev.tempo.model.forward.Measurement;
import dev.tempo.model.forward.Transformer;
import dev.tempo.model.training.Pretrainer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests of matrices so large that products use other kernels as rows become more: this machine's own kernels, in the blocks
 * that it was probed for.
 */
class LargerModelBitsTest {
    @TempDir
    static Path directory;

    @BeforeAll
    static void write() {
        for (int hidden : new int[] {256, 512, 1024}) {
            Pretrainer.initialise(config(hidden), vocabulary(hidden), 3, model(hidden));
        }
    }

    private static ModelConfig config(int hidden) {
        return new ModelConfig(
                "qwen3",
                hidden,
                1,
                hidden / 64,
                hidden / 128,
                64,
                2 * hidden,
                1e-6,
                1e4,
                hidden < 1000,
                hidden,
                200,
                OptionalInt.of(0),
                List.of(1));
    }

    private static List<String> vocabulary(int size) {
        return IntStream.range(0, size)
                .mapToObj(id -> Character.toString(0x4E00 + id))
                .toList();
    }

    private static Path model(int hidden) {
        return directory.resolve("hidden-" + hidden);
    }

    private static int[] ids(int key, int length) {
        return IntStream.range(0, length)
                .map(t -> 2 + CounterRandom.below(key, t, 250))
                .toArray();
    }

    @ParameterizedTest
    @ValueSource(ints = {256, 512, 1024})
    void responsesDoNotDependOnHowManyAreWrittenBesideThem(int hidden) {
        List<GenerationTask> tasks = new ArrayList<>();
        for (int i = 0; i < 230; i++) {
            int prompt = i % 23 == 0 ? 150 : 1 + i % 7;
            tasks.add(new GenerationTask(ids(i, prompt), CounterRandom.key(5, i), new SamplingSettings(1, 6), null));
        }
        try (Policy policy = Policy.load(model(hidden))) {
            List<GeneratedResponse> together = policy.generate(tasks);
            for (int few : new int[] {1, 2, 9, 40}) {
                assertThat(policy.generate(tasks.subList(0, few))).isEqualTo(together.subList(0, few));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {256, 512, 1024})
    void whatIsMeasuredDoesNotDependOnHowManyAreMeasuredBesideIt(int hidden) {
        List<Sequence> sequences = new ArrayList<>();
        for (int i = 0; i < 230; i++) {
            sequences.add(Sequence.of(ids(i, 1 + i % 5), ids(1000 + i, i % 23 == 0 ? 120 : 1 + i % 6)));
        }
        try (Transformer transformer = Transformer.load(model(hidden), Head.VOCABULARY)) {
            Measurement measurement = new Measurement(transformer);
            List<float[]> together = measurement.logProbs(sequences);
            for (int few : new int[] {1, 2, 9, 40}) {
                assertThat(measurement.logProbs(sequences.subList(0, few)))
                        .usingElementComparator(Arrays::compare)
                        .isEqualTo(together.subList(0, few));
            }
        }
    }
}
