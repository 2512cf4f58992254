package dev.tempo.model.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import dev.tempo.model.Head;
import dev.tempo.model.ModelConfig;
import dev.tempo.model.ModelLayout;
import dev.tempo.model.TinyModel;
import dev.tempo.model.files.TensorFile;
import dev.tempo.model.scripts.Torch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ScriptExportTest {
    private static final Pattern OWN_IMPORT = Pattern.compile("(?m)^from (\\w+) import ");

    @TempDir
    Path directory;

    /** Calls the scripts with the written files alone: archive, tables, and the checkpoint in the written order. */
    @ParameterizedTest
    @MethodSource("dev.tempo.model.TinyModel#configs")
    void theArchiveComputesTheExamplesFromTheWrittenFiles(ModelConfig config) throws IOException {
        Path model = TinyModel.write(directory.resolve("model"), config, Head.VOCABULARY, 3);
        Path scripts = directory.resolve("scripts");
        ScriptExport.write(model, scripts);
        JsonNode root = JsonMapper.shared().readTree(Files.readAllBytes(scripts.resolve(ScriptExport.EXAMPLES)));
        JsonNode forward = root.path("examples").path("forward");
        int prompt = forward.path("prompt").asInt();
        int length = forward.path("ids").path(0).size();
        int count = forward.path("ids").size();
        assertThat(count).isEqualTo(8);
        long[] ids = new long[count * length];
        long[] rows = new long[count * (length - prompt)];
        long[] targets = new long[rows.length];
        for (int row = 0; row < count; row++) {
            for (int t = 0; t < length; t++) {
                ids[row * length + t] = forward.path("ids").path(row).path(t).asInt();
                if (t >= prompt) {
                    int at = row * (length - prompt) + t - prompt;
                    rows[at] = (long) row * length + t - 1;
                    targets[at] = ids[row * length + t];
                }
            }
        }
        Torch.enter();
        try (PtNDManager manager = Torch.newManager();
                PtSymbolBlock loaded = JniUtils.loadModule(
                        manager, scripts.resolve(ScriptExport.ARCHIVE), false, new String[0], new String[0], false);
                IValue found = IValueUtils.runMethod(
                        loaded,
                        "log_probs",
                        numbers(manager, ids, count, length),
                        numbers(manager, rows, rows.length),
                        numbers(manager, targets, targets.length),
                        weights(manager, model, root.path("layout")),
                        table(manager, scripts, "cos", config),
                        table(manager, scripts, "sin", config),
                        IValue.from(16L))) {
            float[] logProbs = found.toTensor(manager).toFloatArray();
            for (int at = 0; at < logProbs.length; at++) {
                double expected = forward.path("log_probs")
                        .path(at / (length - prompt))
                        .path(at % (length - prompt))
                        .asDouble();
                assertThat((double) logProbs[at]).isCloseTo(expected, within(2e-5 * (1 - expected)));
            }
        }
        JsonNode examples = root.path("examples");
        assertThat(examples.path("forward").path("entropy").path(0).path(0).asDouble())
                .isBetween(0., Math.log(config.vocabularySize()));
        assertThat(examples.path("generation").path("responses").size()).isEqualTo(2);
        assertThat(examples.path("training").path("steps").size()).isEqualTo(2);
    }

    @Test
    void besideTheProgramLiesAllThatItImports() throws IOException {
        Path scripts = directory.resolve("scripts");
        ScriptExport.write(TinyModel.policy(directory.resolve("model"), 3), scripts);
        assertThat(scripts.resolve(ScriptExport.PROGRAM)).content().startsWith("\"\"\"Checks and times");
        List<String> imported = new ArrayList<>(List.of(ScriptExport.PROGRAM));
        for (String source : ScriptExport.SOURCES) {
            Matcher own = OWN_IMPORT.matcher(Files.readString(scripts.resolve(source)));
            while (own.find()) {
                imported.add(own.group(1) + ".py");
            }
        }
        assertThat(new HashSet<>(imported)).hasSameElementsAs(ScriptExport.SOURCES);
    }

    private static IValue numbers(PtNDManager manager, long[] numbers, long... shape) {
        return IValue.from((PtNDArray) manager.create(numbers, new Shape(shape)));
    }

    private static IValue weights(PtNDManager manager, Path model, JsonNode layout) {
        TensorFile file = TensorFile.open(model.resolve("model.safetensors"));
        List<PtNDArray> weights = new ArrayList<>();
        for (JsonNode parts : layout) {
            PtNDArray stacked = null;
            for (JsonNode part : parts) {
                List<Long> shape = new ArrayList<>();
                part.path("shape").forEach(size -> shape.add(size.asLong()));
                float[] read = file.find(part.path("name").asString(), shape).toFloatArray();
                PtNDArray one = (PtNDArray) manager.create(
                        read,
                        new Shape(shape.stream().mapToLong(Long::longValue).toArray()));
                stacked = stacked == null ? one : (PtNDArray) stacked.concat(one, 0);
            }
            weights.add(stacked);
        }
        return IValue.listFrom(weights.toArray(PtNDArray[]::new));
    }

    private static IValue table(PtNDManager manager, Path scripts, String name, ModelConfig config) {
        List<Long> shape = List.of((long) config.attentionKinds().size(), 128L, (long) config.headDimension());
        float[] read = TensorFile.open(scripts.resolve(ScriptExport.TABLES))
                .find(name, shape)
                .toFloatArray();
        return IValue.from((PtNDArray) manager.create(
                read, new Shape(shape.stream().mapToLong(Long::longValue).toArray())));
    }

    @Test
    void ofAShapeWithoutWeightsThereAreNoExamples() throws IOException {
        Path model = TinyModel.policy(directory.resolve("model"), 3);
        Files.delete(model.resolve("model.safetensors"));
        Path scripts = directory.resolve("scripts");
        ScriptExport.write(model, scripts);
        JsonNode root = JsonMapper.shared().readTree(Files.readAllBytes(scripts.resolve(ScriptExport.EXAMPLES)));
        assertThat(root.has("examples")).isFalse();
        assertThat(root.path("layout").size())
                .isEqualTo(
                        ModelLayout.of(TinyModel.config(true), Head.VOCABULARY).size());
        assertThat(scripts.resolve(ScriptExport.ARCHIVE)).isNotEmptyFile();
    }
}
