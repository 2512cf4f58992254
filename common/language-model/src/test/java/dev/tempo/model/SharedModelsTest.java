package dev.tempo.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Numbers that the reference classes of Hugging Face's transformers and the experiment's prototype gave. */
class SharedModelsTest {
    @TempDir
    Path directory;

    private static JsonNode reference(Path model) throws IOException {
        return JsonMapper.shared().readTree(Files.readAllBytes(model.resolve("reference.json")));
    }

    private static int[] ids(JsonNode numbers) {
        int[] ids = new int[numbers.size()];
        Arrays.setAll(ids, i -> numbers.get(i).asInt());
        return ids;
    }

    private static List<Sequence> sequences(JsonNode reference) {
        List<Sequence> sequences = new ArrayList<>();
        for (JsonNode row : reference.path("sequences")) {
            int[] ids = ids(row.path("input_ids"));
            sequences.add(Sequence.of(Arrays.copyOf(ids, 1), Arrays.copyOfRange(ids, 1, ids.length)));
        }
        return sequences;
    }

    @ParameterizedTest
    @ValueSource(strings = {"qwen3-tied-f32", "qwen3-untied-sharded-f32", "qwen3-tied-bf16"})
    void logProbabilitiesAreTheReferenceClasses(String name) throws IOException {
        Path model = SharedFiles.at("fixtures/models/" + name);
        JsonNode reference = reference(model);
        List<Sequence> sequences = sequences(reference);
        try (Policy policy = Policy.load(model)) {
            List<float[]> logProbs = policy.logProbs(sequences);
            for (int i = 0; i < sequences.size(); i++) {
                JsonNode expected = reference.path("sequences").get(i).path("logprobs_next");
                for (int t = 0; t < logProbs.get(i).length; t++) {
                    assertThat((double) logProbs.get(i)[t])
                            .isCloseTo(expected.get(t).asDouble(), within(1e-4));
                }
            }
        }
    }

    @Test
    void gradientsAreTheReferenceClasses() throws IOException {
        Path model = SharedFiles.at("fixtures/models/qwen3-tied-f32");
        JsonNode gradients = reference(model).path("gradients");
        Path state = directory.resolve("state");
        StepStats stats;
        try (PolicyTrainer trainer = PolicyTrainer.start(model, new OptimizerSettings(0, 0, .95, 0, 1e9))) {
            stats = trainer.step(
                    new PolicyMiniBatch(List.of(), List.of(), List.of(), sequences(reference(model))),
                    new PolicyLossSettings(PolicyLossKind.GSPO, 0, 0, LossAggregation.TOKEN_MEAN, 1));
            trainer.saveState(state, Map.of());
        }
        double loss = gradients.path("loss").asDouble();
        double norm = gradients.path("global_l2_norm").asDouble();
        assertThat(stats.loss()).isCloseTo(loss, within(1e-4));
        assertThat(stats.gradientNorm()).isCloseTo(norm, within(1e-3 * norm));
        int compared = 0;
        try (TensorFile file = TensorFile.open(state)) {
            for (Parameter parameter : Qwen3Layout.of(new ModelDirectory(model).config(), Head.VOCABULARY)) {
                for (Parameter.Part part : parameter.parts()) {
                    ByteBuffer gradient = DurableFile.littleEndian((int) (4 * part.size()));
                    file.read("first_moment." + part.name(), part.shape(), gradient);
                    JsonNode entries =
                            gradients.path("per_tensor").path(part.name()).path("entries");
                    double largest = 0;
                    for (JsonNode entry : entries) {
                        largest = Math.max(largest, Math.abs(entry.asDouble()));
                    }
                    for (Map.Entry<String, JsonNode> entry : entries.properties()) {
                        double expected = entry.getValue().asDouble();
                        assertThat((double) gradient.getFloat(4 * Integer.parseInt(entry.getKey())))
                                .as("%s[%s]", part.name(), entry.getKey())
                                .isCloseTo(expected, within(1e-3 * Math.abs(expected) + 1e-4 * largest));
                        compared++;
                    }
                }
            }
        }
        assertThat(compared).isGreaterThan(100);
    }

    private static List<Sequence> trajectories(JsonNode rows) {
        List<Sequence> sequences = new ArrayList<>();
        for (JsonNode row : rows) {
            int[] ids = ids(row.path("ids"));
            int promptEnd = row.path("prompt_length").asInt();
            int length = row.path("log_probs").size();
            int start = 0;
            while (ids[start] == 0) {
                start++;
            }
            boolean[] mask = new boolean[length];
            for (int t = 0; t < length; t++) {
                mask[t] = row.path("calculator").get(t).asInt() == 1;
            }
            sequences.add(new Sequence(
                    Arrays.copyOfRange(ids, start, promptEnd),
                    Arrays.copyOfRange(ids, promptEnd, promptEnd + length),
                    mask));
        }
        return sequences;
    }

    private static void assertRows(List<float[]> actual, JsonNode rows, String field) {
        for (int i = 0; i < actual.size(); i++) {
            JsonNode expected = rows.get(i).path(field);
            assertThat(actual.get(i)).hasSize(expected.size());
            for (int t = 0; t < expected.size(); t++) {
                assertThat((double) actual.get(i)[t]).isCloseTo(expected.get(t).asDouble(), within(1e-4));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void thePrototypesBasesGiveItsLogProbabilities(int seed) throws IOException {
        Path model = SharedFiles.at("prototype/base-seed" + seed);
        JsonNode rows = reference(model);
        try (Policy policy = Policy.load(model)) {
            assertRows(policy.logProbs(trajectories(rows)), rows, "log_probs");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void thePrototypesStageOneGivesItsLogProbabilitiesAndValues(int seed) throws IOException {
        Path stage = SharedFiles.at("prototype/stage1-seed" + seed);
        JsonNode rows = reference(stage);
        try (Policy policy = Policy.load(stage.resolve("policy"));
                Critic critic = Critic.load(stage.resolve("critic"))) {
            assertRows(policy.logProbs(trajectories(rows)), rows, "log_probs");
            assertRows(critic.values(trajectories(rows)), rows, "values");
        }
    }
}
