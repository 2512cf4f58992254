package dev.tempo.model.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempo.contract.recipe.Aggregation;
import dev.tempo.contract.recipe.LowRank;
import dev.tempo.contract.recipe.PolicyLossKind;
import dev.tempo.model.Head;
import dev.tempo.model.ModelConfig;
import dev.tempo.model.Sequence;
import dev.tempo.model.TinyModel;
import dev.tempo.model.WeightType;
import dev.tempo.model.export.ModelExport;
import dev.tempo.model.forward.Measurement;
import dev.tempo.model.forward.Transformer;
import dev.tempo.model.training.MicroBatchStepTest;
import dev.tempo.model.training.PolicyLossSettings;
import dev.tempo.model.training.PolicyTrainer;
import dev.tempo.model.training.TrainerTest;
import dev.tempo.model.training.TrainingMethod;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests of generating, measuring and valuing with weights in bfloat16, whose numbers have 8 significant bits. The models
 * here are harsher than real ones: their weights are large, so that log-probabilities reach -20.
 */
class BFloat16Test {
    /** The errors of a log-probability against float32, at most and on average. */
    private static final double LARGEST = .4;

    private static final double MEAN = .04;

    @TempDir
    Path directory;

    private static List<ModelConfig> configs() {
        List<ModelConfig> configs = new ArrayList<>(TinyModel.configs());
        configs.addAll(TinyModel.longConfigs());
        return configs;
    }

    private Path model(ModelConfig config, Head head) {
        return TinyModel.write(directory.resolve(head + "-" + config.hashCode()), config, head, 5);
    }

    private static Policy narrow(Path model) {
        return Policy.load(model, GenerationLimits.standard(), WeightType.BFLOAT16);
    }

    private static List<GenerationTask> greedy(ModelConfig config) {
        List<GenerationTask> tasks = new ArrayList<>();
        int most = config.maxPositions() > 80 ? 300 : 40;
        for (int prompt = 3; prompt < most; prompt += Math.max(5, prompt / 3)) {
            tasks.add(new GenerationTask(TinyModel.ids(prompt, prompt), prompt, new SamplingSettings(0, 24), null));
        }
        return tasks;
    }

    private static void assertClose(List<float[]> found, List<float[]> expected, double largest, double mean) {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < expected.size(); i++) {
            for (int t = 0; t < expected.get(i).length; t++) {
                double error = Math.abs(found.get(i)[t] - expected.get(i)[t]);
                assertThat(error).as("sequence %d, token %d", i, t).isLessThan(largest);
                sum += error;
                count++;
            }
        }
        assertThat(sum / count).isLessThan(mean).isPositive();
    }

    @ParameterizedTest
    @MethodSource("configs")
    void logProbabilitiesAreNearThoseInFloat32(ModelConfig config) {
        Path model = model(config, Head.VOCABULARY);
        List<Sequence> sequences = TinyModel.sequences(24, 3);
        try (Policy wide = Policy.load(model);
                Policy narrow = narrow(model)) {
            assertClose(narrow.logProbs(sequences), wide.logProbs(sequences), LARGEST, MEAN);
        }
    }

    @ParameterizedTest
    @MethodSource("configs")
    void valuesAreNearThoseInFloat32(ModelConfig config) {
        Path model = model(config, Head.VALUE);
        List<Sequence> sequences = TinyModel.sequences(24, 3);
        try (Critic wide = Critic.load(model);
                Critic narrow = Critic.load(model, WeightType.BFLOAT16)) {
            assertClose(narrow.values(sequences), wide.values(sequences), LARGEST, MEAN);
        }
    }

    /** Checks that a chosen token is, up to the error, the most probable one in float32 too. */
    @ParameterizedTest
    @MethodSource("configs")
    void greedyContinuationsAreThoseOfFloat32UpToTies(ModelConfig config) {
        Path model = model(config, Head.VOCABULARY);
        List<GenerationTask> tasks = greedy(config);
        try (Transformer wide = Transformer.load(model, Head.VOCABULARY);
                Policy narrow = narrow(model)) {
            List<GeneratedResponse> generations = narrow.generate(tasks);
            for (int i = 0; i < tasks.size(); i++) {
                int[] prompt = tasks.get(i).promptIds();
                int[] response = generations.get(i).responseIds();
                int[] all = Arrays.copyOf(prompt, prompt.length + response.length);
                System.arraycopy(response, 0, all, prompt.length, response.length);
                float[][] logits = new Measurement(wide).logits(all);
                for (int t = 0; t < response.length; t++) {
                    float[] row = logits[prompt.length + t - 1];
                    float highest = Float.NEGATIVE_INFINITY;
                    for (int id = 0; id < row.length; id++) {
                        highest = id == TinyModel.PAD ? highest : Math.max(highest, row[id]);
                    }
                    assertThat((double) highest - row[response[t]]).isLessThan(2 * LARGEST);
                }
            }
        }
    }

    /**
     * Compares decoding from the cache with the forward pass over whole sequences, both in bfloat16, and with decoding
     * beside other responses.
     */
    @ParameterizedTest
    @MethodSource("configs")
    void decodingFromTheCacheAgreesWithTheWholeSequence(ModelConfig config) {
        Path model = model(config, Head.VOCABULARY);
        List<GenerationTask> tasks = greedy(config);
        try (Policy narrow = narrow(model)) {
            List<GeneratedResponse> generations = narrow.generate(tasks);
            List<Sequence> sequences = new ArrayList<>();
            for (int i = 0; i < tasks.size(); i++) {
                sequences.add(
                        Sequence.of(tasks.get(i).promptIds(), generations.get(i).responseIds()));
            }
            assertClose(
                    generations.stream().map(GeneratedResponse::logProbs).toList(),
                    narrow.logProbs(sequences),
                    LARGEST,
                    MEAN);
        }
    }

    @Test
    void keysAndValuesTakeHalfTheRoom() {
        ModelConfig config = TinyModel.config(true);
        Path model = model(config, Head.VOCABULARY);
        GenerationTask task = greedy(config).get(0);
        long cells = (long) config.keyValueHeads() * Row.capacity(task);
        GenerationLimits limits = new GenerationLimits(cells * Decoder.cellBytes(config, WeightType.BFLOAT16), 1);
        try (Policy narrow = Policy.load(model, limits, WeightType.BFLOAT16);
                Policy wide = Policy.load(model, limits)) {
            assertThat(narrow.generate(List.of(task)).get(0).responseIds()).isNotEmpty();
            assertThatThrownBy(() -> wide.generate(List.of(task))).isInstanceOf(TaskTooLargeException.class);
        }
    }

    /** Checks that W + B A is added up in float32 and rounded once. */
    @Test
    void anAdapterOnWeightsInBfloat16HasTheBitsOfItsMergedExport() {
        Path base = directory.resolve("base");
        ModelExport.write(model(TinyModel.config(true), Head.VOCABULARY), base, WeightType.BFLOAT16);
        Path adapter = directory.resolve("adapter");
        Path merged = directory.resolve("merged");
        TrainingMethod lora = new TrainingMethod(new LowRank(2, 4, LowRank.PROJECTIONS), 0, false);
        try (PolicyTrainer trainer = PolicyTrainer.start(base, TrainerTest.OPTIMIZER, lora, 1)) {
            trainer.step(
                    MicroBatchStepTest.policyBatch(trainer),
                    new PolicyLossSettings(PolicyLossKind.SEQUENCE_CLIP, .03, .05, Aggregation.TOKEN_MEAN, .2));
            trainer.save(adapter);
        }
        ModelExport.write(adapter, merged, WeightType.BFLOAT16);
        List<Sequence> sequences = TinyModel.sequences(4, 3);
        try (Policy adapted = narrow(adapter);
                Policy exported = narrow(merged);
                Policy plain = narrow(base)) {
            assertThat(adapted.logProbs(sequences)).containsExactlyElementsOf(exported.logProbs(sequences));
            assertThat(adapted.logProbs(sequences).get(0))
                    .isNotEqualTo(plain.logProbs(sequences).get(0));
        }
    }

    @Test
    void float16IsRefused() {
        Path model = model(TinyModel.config(true), Head.VOCABULARY);
        assertThatThrownBy(() -> Policy.load(model, GenerationLimits.standard(), WeightType.FLOAT16))
                .hasMessageContaining("float16 is no type to compute with");
    }
}
