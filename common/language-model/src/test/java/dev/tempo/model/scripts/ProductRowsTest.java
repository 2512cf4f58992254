package dev.tempo.model.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.algorithm.rounds.CounterRandom;
import dev.tempo.model.Head;
import dev.tempo.model.ModelConfig;
import dev.tempo.model.Sequence;
import dev.tempo.model.TinyModel;
import dev.tempo.model.WeightType;
import dev.tempo.model.forward.Transformer;
import dev.tempo.model.inference.GeneratedResponse;
import dev.tempo.model.inference.GenerationLimits;
import dev.tempo.model.inference.GenerationTask;
import dev.tempo.model.inference.Policy;
import dev.tempo.model.inference.SamplingSettings;
import dev.tempo.model.planning.Reproducibility;
import dev.tempo.model.training.Pretrainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests with libraries that have other kernels than this machine's, in place of processors that are not at hand. */
class ProductRowsTest {
    private static final ModelConfig CONFIG = new ModelConfig(
            "qwen3",
            24,
            2,
            4,
            2,
            8,
            32,
            1e-6,
            1e4,
            false,
            TinyModel.CHARACTERS.length(),
            200,
            OptionalInt.of(TinyModel.PAD),
            List.of(TinyModel.END));

    @TempDir
    static Path model;

    @BeforeAll
    static void write() {
        List<String> vocabulary =
                TinyModel.CHARACTERS.chars().mapToObj(Character::toString).toList();
        Pretrainer.initialise(CONFIG, vocabulary, 5, model);
    }

    @ParameterizedTest
    @CsvSource({"tiles-of-six, 6, 252", "tiles-of-five-and-long, 2, 4"})
    void blocksAreThoseInWhichALibraryGivesARowTheSameBits(String kernels, int unit, int most) {
        ProductRows rows = probed(kernels);
        assertThat(rows.promised()).isTrue();
        assertThat(rows.cached()).isEqualTo(new RowBlocks(unit, most));
        assertThat(rows.whole()).isEqualTo(new RowBlocks(unit, most));
    }

    @Test
    void whereEveryBlockGivesItsPlacesOtherBitsNoneArePromised() {
        ProductRows rows = probed("places");
        assertThat(rows).isEqualTo(new ProductRows("places", RowBlocks.ANY, RowBlocks.ANY, false, ""));
        assertThat(Reproducibility.of(rows).words()).contains("not promised on this machine");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiles-of-six", "tiles-of-five-and-long"})
    void withThoseBlocksNoResponseAndNoMeasurementDependsOnItsCompany(String kernels) {
        assertThat(dependentOnCompany(probed(kernels))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiles-of-six", "tiles-of-five-and-long"})
    void withoutBlocksTheyDepend(String kernels) {
        ProductRows any = new ProductRows(kernels, RowBlocks.ANY, RowBlocks.ANY, false, "");
        assertThat(dependentOnCompany(any))
                .anyMatch(what -> what.startsWith("generated"))
                .anyMatch(what -> what.startsWith("measured"));
    }

    @Test
    void machinesWithOtherKernelsHaveOtherDigests() {
        List<String> digests = Stream.of(ProductRows.KERNELS, "tiles-of-six", "tiles-of-five-and-long")
                .map(kernels -> probed(kernels).digest())
                .toList();
        assertThat(digests).doesNotHaveDuplicates().allMatch(digest -> digest.matches("[0-9a-f]{16}"));
        assertThat(probed("tiles-of-six").digest()).isEqualTo(digests.get(1));
    }

    @Test
    void thisMachinesOwnLibraryIsProbedTheSameTwice() {
        ProductRows found = probed(ProductRows.KERNELS);
        assertThat(probed(ProductRows.KERNELS)).isEqualTo(found);
        assertThat(ProductRows.of(CONFIG, WeightType.FLOAT32)).isEqualTo(found);
        assertThat(ProductRows.of(CONFIG, WeightType.BFLOAT16)).isEqualTo(ProductRows.ANY);
    }

    @Test
    void whatWasFoundIsKeptAndAFileThatCannotBeReadIsFoundAnew(@TempDir Path directory) throws IOException {
        ProbedRows probed = ProbedRows.in(directory, ProductShapes.of(CONFIG));
        assertThat(probed.read()).isEmpty();
        ProductRows found = new ProductRows(
                ProductRows.KERNELS, new RowBlocks(6, 96), new RowBlocks(16, 128), true, "0123456789abcdef");
        probed.write(found);
        assertThat(ProbedRows.in(directory, ProductShapes.of(CONFIG)).read()).contains(found);
        assertThat(ProbedRows.in(directory, ProductShapes.of(TinyModel.config(true)))
                        .read())
                .isEmpty();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.writeString(file, "promised=true\ncached.unit=many");
            }
        }
        assertThat(probed.read()).isEmpty();
    }

    private static ProductRows probed(String kernels) {
        return ProductProbe.find(ProductShapes.of(CONFIG), kernels);
    }

    /** The results that have other bits when only the first few of 60 responses and sequences are computed. */
    private static List<String> dependentOnCompany(ProductRows rows) {
        List<GenerationTask> tasks = new ArrayList<>();
        List<Sequence> sequences = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            int prompt = i % 9 == 0 ? 70 : 1 + i % 7;
            tasks.add(new GenerationTask(ids(i, prompt), CounterRandom.key(5, i), new SamplingSettings(1, 5), null));
            sequences.add(Sequence.of(ids(i, prompt), ids(1000 + i, 1 + i % 6)));
        }
        List<String> dependent = new ArrayList<>();
        try (Transformer transformer =
                        Transformer.load(model, CONFIG, Head.VOCABULARY, WeightType.FLOAT32, rows, null, true);
                Policy policy = new Policy(transformer, GenerationLimits.standard())) {
            List<GeneratedResponse> generated = policy.generate(tasks);
            List<float[]> measured = policy.logProbs(sequences);
            for (int few : new int[] {1, 2, 3, 4, 5, 7, 11, 17, 23, 38}) {
                if (!policy.generate(tasks.subList(0, few)).equals(generated.subList(0, few))) {
                    dependent.add("generated beside " + few);
                }
                List<float[]> alone = policy.logProbs(sequences.subList(0, few));
                if (IntStream.range(0, few).anyMatch(i -> !Arrays.equals(alone.get(i), measured.get(i)))) {
                    dependent.add("measured beside " + few);
                }
            }
        }
        return dependent;
    }

    private static int[] ids(int key, int length) {
        return IntStream.range(0, length)
                .map(t -> 2 + CounterRandom.below(key, t, TinyModel.CHARACTERS.length() - 2))
                .toArray();
    }
}
