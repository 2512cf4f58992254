package dev.tempo.model.export;

import dev.tempo.model.Head;
import dev.tempo.model.ModelConfig;
import dev.tempo.model.ModelFormatException;
import dev.tempo.model.ModelLayout;
import dev.tempo.model.Parameter;
import dev.tempo.model.WeightType;
import dev.tempo.model.device.NativeLibrary;
import dev.tempo.model.directory.ModelDirectory;
import dev.tempo.model.directory.WeightFiles;
import dev.tempo.model.files.TensorWriter;
import dev.tempo.model.forward.RotaryTables;
import dev.tempo.model.scripts.Script;
import dev.tempo.model.scripts.Torch;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The scripts of a model as files for other programs: an archive that any PyTorch of version 2.1 or later loads by {@code
 * torch.jit.load}, what its methods take (the order of weights, rotary tables), example inputs with the results of this
 * machine, and a Python program that checks and times the scripts elsewhere.
 */
public final class ScriptExport {
    static final String ARCHIVE = "model.pt";
    static final String TABLES = "tables.safetensors";
    static final String EXAMPLES = "examples.json";
    public static final String PROGRAM = "gpu_check.py";
    /** The Python program and the modules that it imports, which lie beside it. */
    static final List<String> SOURCES = List.of(
            PROGRAM, "checks.py", "against_transformers.py", "timing.py", "scripted_model.py", "scripted_cache.py");

    /** The number of positions in the rotary tables, unless the model has fewer. */
    private static final int POSITIONS = 4096;

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private ScriptExport() {}

    /**
     * Writes the files into a directory.
     *
     * @param model a Hugging Face directory; without weights the examples are left out
     * @throws ModelFormatException naming file and field or tensor
     */
    public static void write(Path model, Path directory) {
        ModelConfig config = new ModelDirectory(model).config();
        ObjectNode root = JSON.createObjectNode();
        root.put("model", model.toAbsolutePath().normalize().toString());
        root.put("model_type", config.modelType());
        root.set("layout", layout(config));
        root.put("final_norm_eps", config.normEpsilon());
        root.put("layers", config.layers());
        root.put("heads", config.attentionHeads());
        root.put("key_value_heads", config.keyValueHeads());
        root.put("head_dim", config.headDimension());
        root.put("vocabulary", config.vocabularySize());
        root.put("parameters", config.parameters());
        root.put("libtorch", NativeLibrary.version());
        if (WeightFiles.isIn(model)) {
            root.set("examples", new ScriptExamples(model, config).all());
        }
        try {
            Files.createDirectories(directory);
            Files.write(directory.resolve(ARCHIVE), Script.archive(config));
            Files.copy(model.resolve("config.json"), directory.resolve("config.json"));
            tables(config, directory.resolve(TABLES));
            Files.write(directory.resolve(EXAMPLES), JSON.writeValueAsBytes(root));
            for (String source : SOURCES) {
                try (InputStream program = ScriptExport.class.getResourceAsStream(source)) {
                    if (program == null) {
                        throw new IllegalStateException(
                                "the resource dev/tempo/model/export/" + source + " is missing");
                    }
                    Files.copy(program, directory.resolve(source));
                }
            }
        } catch (IOException unwritable) {
            throw new UncheckedIOException(directory + " cannot be written", unwritable);
        }
    }

    /**
     * The checkpoint tensors that are stacked in each weight, with their shapes; weights in the order in which scripts take
     * them.
     */
    private static ArrayNode layout(ModelConfig config) {
        ArrayNode layout = JSON.createArrayNode();
        for (Parameter parameter : ModelLayout.of(config, Head.VOCABULARY)) {
            ArrayNode parts = layout.addArray();
            for (Parameter.Part part : parameter.parts()) {
                ObjectNode entry = parts.addObject();
                entry.put("name", part.name());
                part.shape().forEach(entry.putArray("shape")::add);
            }
        }
        return layout;
    }

    private static void tables(ModelConfig config, Path file) {
        Torch.enter();
        try (RotaryTables rotary = new RotaryTables(config, WeightType.FLOAT32)) {
            rotary.reach(Math.min(POSITIONS, config.maxPositions()));
            List<Long> shape = List.of(
                    (long) config.attentionKinds().size(),
                    rotary.cos().getShape().get(1),
                    (long) config.headDimension());
            TensorWriter.write(
                    file,
                    Map.of(),
                    List.of(
                            TensorWriter.Tensor.of(
                                    "cos", shape, () -> rotary.cos().toByteBuffer(false)),
                            TensorWriter.Tensor.of(
                                    "sin", shape, () -> rotary.sin().toByteBuffer(false))));
        }
    }
}
