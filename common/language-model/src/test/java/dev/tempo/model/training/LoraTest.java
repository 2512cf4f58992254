package dev.tempo.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tempo.contract.recipe.Aggregation;
import dev.tempo.contract.recipe.LowRank;
import dev.tempo.contract.recipe.Optimizer;
import dev.tempo.contract.recipe.PolicyLossKind;
import dev.tempo.model.Head;
import dev.tempo.model.ModelConfig;
import dev.tempo.model.ModelFormatException;
import dev.tempo.model.ModelLayout;
import dev.tempo.model.Parameter;
import dev.tempo.model.Sequence;
import dev.tempo.model.TinyModel;
import dev.tempo.model.WeightType;
import dev.tempo.model.directory.AdapterLayout;
import dev.tempo.model.directory.ModelDirectory;
import dev.tempo.model.export.ModelExport;
import dev.tempo.model.files.TensorFile;
import dev.tempo.model.inference.Critic;
import dev.tempo.model.inference.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LoraTest {
    private static final LowRank ALL = new LowRank(3, 6, LowRank.PROJECTIONS);
    private static final TrainingMethod METHOD = new TrainingMethod(ALL, 50, false);
    private static final Optimizer BARE = new Optimizer(0, 0, 0, 0, 1e9);
    private static final Optimizer OPTIMIZER = TrainerTest.OPTIMIZER;
    private static final PolicyLossSettings LOSS =
            new PolicyLossSettings(PolicyLossKind.SEQUENCE_CLIP, .03, .05, Aggregation.TOKEN_MEAN, .2);

    @TempDir
    Path directory;

    private Path model(ModelConfig config) {
        return TinyModel.write(directory.resolve("model"), config, Head.VOCABULARY, 5);
    }

    private static void steps(PolicyTrainer trainer, int count) {
        for (int step = 0; step < count; step++) {
            trainer.step(MicroBatchStepTest.policyBatch(trainer), LOSS);
        }
    }

    private static Map<String, float[]> tensors(Path file, String prefix, List<Parameter> layout) {
        Map<String, float[]> tensors = new HashMap<>();
        for (Parameter parameter : layout) {
            for (Parameter.Part part : parameter.parts()) {
                tensors.put(
                        part.name(),
                        TensorFile.open(file)
                                .find(prefix + part.name(), part.shape())
                                .toFloatArray());
            }
        }
        return tensors;
    }

    private static Stream<Arguments> configsAndMethods() {
        return TinyModel.configs().stream().flatMap(config -> methods().map(method -> Arguments.of(config, method)));
    }

    private static Stream<TrainingMethod> methods() {
        return Stream.of(METHOD, new TrainingMethod(ALL, 0, false));
    }

    /** Checks dA = s B^T dW and dB = s dW A^T, where dW is the gradient of the merged model's weights. */
    @ParameterizedTest
    @MethodSource("configsAndMethods")
    void gradientsAreThoseOfFullTrainingRestrictedToTheSubspace(ModelConfig config, TrainingMethod method) {
        Path model = model(config);
        Path adapted = directory.resolve("adapted");
        Path merged = directory.resolve("merged");
        PolicyMiniBatch batch;
        try (PolicyTrainer trainer = PolicyTrainer.start(model, OPTIMIZER, method, 1)) {
            steps(trainer, 3);
            trainer.save(adapted);
            batch = MicroBatchStepTest.policyBatch(trainer);
        }
        ModelExport.write(adapted, merged, WeightType.FLOAT32);
        StepStats full;
        try (PolicyTrainer trainer = PolicyTrainer.start(merged, BARE)) {
            full = trainer.step(batch, LOSS);
            trainer.saveState(directory.resolve("full"), Map.of());
        }
        StepStats restricted;
        try (PolicyTrainer trainer = PolicyTrainer.start(adapted, BARE, method, 1)) {
            restricted = trainer.step(batch, LOSS);
            trainer.saveState(directory.resolve("restricted"), Map.of());
        }
        assertThat(restricted.loss()).isCloseTo(full.loss(), within(1e-5));
        List<Parameter> layout = AdapterLayout.of(config, ALL, Head.VOCABULARY);
        Map<String, float[]> weights = tensors(directory.resolve("restricted"), "weights.", layout);
        Map<String, float[]> found = tensors(directory.resolve("restricted"), "first_moment.", layout);
        Map<String, float[]> whole =
                tensors(directory.resolve("full"), "first_moment.", ModelLayout.of(config, Head.VOCABULARY));
        int checked = 0;
        for (Parameter.Part part : ModelLayout.parts(config, Head.VOCABULARY)) {
            String a = AdapterLayout.PREFIX + part.name().replace(".weight", ".lora_A.weight");
            String b = a.replace("lora_A", "lora_B");
            if (found.containsKey(a)) {
                int outputs = part.shape().get(0).intValue();
                int inputs = part.shape().get(1).intValue();
                float[] gradient = at(whole, part.name());
                assertNear(at(found, a), product(transposed(at(weights, b), outputs, 3), 3, outputs, gradient, inputs));
                assertNear(at(found, b), product(gradient, outputs, inputs, transposed(at(weights, a), 3, inputs), 3));
                checked++;
            }
        }
        assertThat(checked).isEqualTo(7 * config.layers());
    }

    private static float[] at(Map<String, float[]> tensors, String name) {
        return Objects.requireNonNull(tensors.get(name), name);
    }

    private static float[] transposed(float[] x, int rows, int columns) {
        float[] y = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            y[i % columns * rows + i / columns] = x[i];
        }
        return y;
    }

    /** The product 2 x y, where 2 is the scale alpha / rank. */
    private static double[] product(float[] x, int rows, int inner, float[] y, int columns) {
        double[] z = new double[rows * columns];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                for (int k = 0; k < inner; k++) {
                    z[i * columns + j] += 2.0 * x[i * inner + k] * y[k * columns + j];
                }
            }
        }
        return z;
    }

    private static void assertNear(float[] actual, double[] expected) {
        double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
        assertThat(largest).isPositive();
        for (int i = 0; i < actual.length; i++) {
            assertThat((double) actual[i]).isCloseTo(expected[i], within(1e-4 * largest));
        }
    }

    @ParameterizedTest
    @MethodSource("dev.tempo.model.TinyModel#configs")
    void anAdapterLoadsAsWhatItsTrainerComputesBitForBit(ModelConfig config) throws IOException {
        Path model = model(config);
        List<Sequence> sequences = TinyModel.sequences(9, 3);
        Path adapted = directory.resolve("adapted");
        List<float[]> measured;
        try (PolicyTrainer trainer = PolicyTrainer.start(model, OPTIMIZER, METHOD, 1);
                Policy base = Policy.load(model)) {
            assertThat(trainer.logProbs(sequences))
                    .usingElementComparator(Arrays::compare)
                    .isEqualTo(base.logProbs(sequences));
            steps(trainer, 2);
            trainer.save(adapted);
            measured = trainer.logProbs(sequences);
            assertThat(measured).usingElementComparator(Arrays::compare).isNotEqualTo(base.logProbs(sequences));
        }
        Path merged = directory.resolve("merged");
        ModelExport.write(adapted, merged, WeightType.FLOAT32);
        assertThat(new ModelDirectory(merged).isAdapter()).isFalse();
        for (Path loaded : List.of(adapted, merged)) {
            new ModelDirectory(loaded).check();
            try (Policy policy = Policy.load(loaded)) {
                assertThat(policy.logProbs(sequences))
                        .usingElementComparator(Arrays::compare)
                        .isEqualTo(measured);
            }
        }
        assertThat(new ModelDirectory(adapted).config()).isEqualTo(config);
        assertThat(Files.list(adapted).map(file -> file.getFileName().toString()))
                .containsExactlyInAnyOrder("adapter_config.json", "adapter_model.safetensors");
    }

    @ParameterizedTest
    @MethodSource("methods")
    void aCriticIsAnAdapterAndAHeadOnTheSameBase(TrainingMethod method) {
        Path model = model(TinyModel.config(false));
        List<Sequence> sequences = TinyModel.sequences(9, 3);
        Path adapted = directory.resolve("adapted");
        List<float[]> values;
        try (CriticTrainer trainer = CriticTrainer.start(model, OPTIMIZER, method, 1)) {
            assertThat(trainer.values(sequences).get(0)).containsOnly(.5f);
            for (int step = 0; step < 3; step++) {
                trainer.step(MicroBatchStepTest.criticBatch(trainer), CriticLossSettings.squaredError());
            }
            trainer.save(adapted);
            trainer.saveState(directory.resolve("state"), Map.of());
            values = trainer.values(sequences);
        }
        try (Critic critic = Critic.load(adapted);
                CriticTrainer restored = CriticTrainer.restore(model, directory.resolve("state"), method);
                CriticTrainer started = CriticTrainer.start(adapted, OPTIMIZER, method, 2)) {
            for (List<float[]> found :
                    List.of(critic.values(sequences), restored.values(sequences), started.values(sequences))) {
                assertThat(found).usingElementComparator(Arrays::compare).isEqualTo(values);
            }
        }
        Path merged = directory.resolve("merged");
        ModelExport.write(adapted, merged, WeightType.FLOAT32);
        try (Critic critic = Critic.load(merged)) {
            assertThat(critic.values(sequences))
                    .usingElementComparator(Arrays::compare)
                    .isEqualTo(values);
        }
        List<Parameter> layout = AdapterLayout.of(TinyModel.config(false), ALL, Head.VALUE);
        assertThat(tensors(directory.resolve("state"), "second_moment.", layout).values())
                .allSatisfy(moment -> assertThat(moment).isNotEqualTo(new float[moment.length]));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void aRestoredAdapterContinuesBitForBit(TrainingMethod method) {
        Path model = model(TinyModel.olmo(true));
        try (PolicyTrainer trainer = PolicyTrainer.start(model, OPTIMIZER, method, 1)) {
            steps(trainer, 2);
            trainer.saveState(directory.resolve("state"), Map.of("round", "2"));
            steps(trainer, 2);
            trainer.save(directory.resolve("straight"));
        }
        try (PolicyTrainer trainer = PolicyTrainer.restore(model, directory.resolve("state"), method)) {
            steps(trainer, 2);
            trainer.save(directory.resolve("restored"));
        }
        assertThat(new ModelDirectory(directory.resolve("restored")).sha256())
                .isEqualTo(new ModelDirectory(directory.resolve("straight")).sha256());
    }

    @Test
    void theFilesAreThoseOfPeft() throws IOException {
        Path model = model(TinyModel.config(true));
        Path adapted = directory.resolve("adapted");
        LowRank some = new LowRank(2, 8, List.of("v_proj", "q_proj"));
        try (PolicyTrainer trainer = PolicyTrainer.start(model, OPTIMIZER, new TrainingMethod(some, 0, false), 1)) {
            trainer.save(adapted);
        }
        assertThat(Files.readString(adapted.resolve("adapter_config.json")).replaceAll("\\s+", ""))
                .isEqualTo("{\"base_model_name_or_path\":\"" + model.toAbsolutePath() + "\",\"bias\":\"none\","
                        + "\"fan_in_fan_out\":false,\"inference_mode\":true,\"init_lora_weights\":true,"
                        + "\"lora_alpha\":8,\"lora_dropout\":0.0,\"modules_to_save\":null,\"peft_type\":\"LORA\","
                        + "\"r\":2,\"revision\":null,\"target_modules\":[\"q_proj\",\"v_proj\"],"
                        + "\"task_type\":\"CAUSAL_LM\"}");
        TensorFile file = TensorFile.open(adapted.resolve("adapter_model.safetensors"));
        assertThat(file.names()).hasSize(8).contains("base_model.model.model.layers.1.self_attn.v_proj.lora_B.weight");
        float[] a = file.find("base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight", List.of(2L, 20L))
                .toFloatArray();
        float[] b = file.find("base_model.model.model.layers.0.self_attn.q_proj.lora_B.weight", List.of(36L, 2L))
                .toFloatArray();
        float bound = (float) (1 / Math.sqrt(20));
        assertThat(a).doesNotHaveDuplicates();
        assertThat(a.length).isEqualTo(40);
        for (float number : a) {
            assertThat(number).isBetween(-bound, bound);
        }
        assertThat(b).containsOnly(0);
    }

    @Test
    void anotherBaseIsRefused() throws IOException {
        Path model = model(TinyModel.config(true));
        Path adapted = directory.resolve("adapted");
        try (PolicyTrainer trainer = PolicyTrainer.start(model, OPTIMIZER, METHOD, 1)) {
            trainer.save(adapted);
        }
        Path config = adapted.resolve("adapter_config.json");
        Path other = TinyModel.write(directory.resolve("other"), TinyModel.config(true), Head.VOCABULARY, 6);
        Files.writeString(config, Files.readString(config).replace(model.toString(), other.toString()));
        assertThatThrownBy(() -> Policy.load(adapted))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining(other.toString())
                .hasMessageContaining("trained on");
        Files.writeString(config, Files.readString(config).replace(other.toString(), "/nowhere"));
        assertThatThrownBy(() -> Policy.load(adapted))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("adapter_config.json")
                .hasMessageContaining("base_model_name_or_path");
        Files.writeString(config, Files.readString(config).replace("\"none\"", "\"all\""));
        assertThatThrownBy(() -> Policy.load(adapted)).hasMessageContaining("bias");
    }

    @Test
    void anAdapterOfOtherSettingsIsNotTrainedOn() {
        Path model = model(TinyModel.config(true));
        Path adapted = directory.resolve("adapted");
        try (PolicyTrainer trainer = PolicyTrainer.start(model, OPTIMIZER, METHOD, 1)) {
            trainer.save(adapted);
        }
        TrainingMethod other = new TrainingMethod(new LowRank(4, 6, LowRank.PROJECTIONS), 0, false);
        assertThatThrownBy(() -> PolicyTrainer.start(adapted, OPTIMIZER, other, 1))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("rank=3")
                .hasMessageContaining("rank=4");
    }
}
