package dev.tempo.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A LoRA adapter on disk in the form of Hugging Face's PEFT: adapter_config.json and adapter_model.safetensors. */
final class Adapter {
    static final String WEIGHTS = "adapter_model.safetensors";
    private static final String CONFIG = "adapter_config.json";
    private static final String BASE = "base_model_name_or_path";
    private static final String PREFIX_OF_HEAD = AdapterLayout.PREFIX + ModelLayout.VALUE_BIAS;
    private static final String BASE_SHA256 = "base_sha256";
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Path base;
    private final LoraSettings settings;
    private final TensorFile tensors;

    private Adapter(Path base, LoraSettings settings, TensorFile tensors) {
        this.base = base;
        this.settings = settings;
        this.tensors = tensors;
    }

    /** Whether a directory holds an adapter in place of a model. */
    static boolean isIn(Path directory) {
        return Files.isRegularFile(directory.resolve(CONFIG));
    }

    /**
     * The directory with the weights that a directory's model starts from: that of an adapter's base, or itself.
     *
     * @throws ModelFormatException naming file and field
     */
    static Path baseOf(Path directory) {
        return isIn(directory) ? base(directory.resolve(CONFIG), config(directory)) : directory;
    }

    /** @throws ModelFormatException naming file and field or tensor, if it is none, or asks for what is not supported */
    static Adapter open(Path directory) {
        Path file = directory.resolve(CONFIG);
        JsonNode config = config(directory);
        refuseUnsupported(file, config);
        List<String> targets = new ArrayList<>();
        config.path("target_modules").forEach(target -> targets.add(target.asString("")));
        try {
            LoraSettings settings = new LoraSettings(
                    config.path("r").asInt(0), config.path("lora_alpha").asDouble(0), targets);
            return new Adapter(base(file, config), settings, TensorFile.open(directory.resolve(WEIGHTS)));
        } catch (IllegalArgumentException e) {
            throw new ModelFormatException(file + ": " + e.getMessage(), e);
        }
    }

    private static JsonNode config(Path directory) {
        Path file = directory.resolve(CONFIG);
        try {
            return JSON.readTree(Files.readAllBytes(file));
        } catch (JacksonException e) {
            throw new ModelFormatException(file + " is no JSON: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new ModelFormatException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static Path base(Path file, JsonNode config) {
        String name = config.path(BASE).asString("");
        Path base = file.toAbsolutePath().resolveSibling(name).normalize();
        if (name.isEmpty() || !Files.isDirectory(base)) {
            throw new ModelFormatException(file + ": " + BASE + " '" + name
                    + "' is no directory of this machine; put the base model's directory there");
        }
        return base;
    }

    private static void refuseUnsupported(Path file, JsonNode config) {
        require(file, "peft_type", config.path("peft_type").asString(""), "LORA");
        require(file, "bias", config.path("bias").asString("none"), "none");
        for (String flag : List.of("use_dora", "use_rslora", "fan_in_fan_out", "lora_bias")) {
            require(file, flag, config.path(flag).asBoolean(false), false);
        }
        for (String pattern : List.of("rank_pattern", "alpha_pattern", "layers_to_transform", "layer_replication")) {
            require(file, pattern, config.path(pattern).isEmpty(), true);
        }
    }

    private static void require(Path file, String field, Object found, Object supported) {
        if (!found.equals(supported)) {
            throw new ModelFormatException(file + ": " + field + " asks for what is not supported; supported are plain"
                    + " LORA adapters of one rank, without bias");
        }
    }

    /** The directory of the model that is adapted. */
    Path base() {
        return base;
    }

    LoraSettings settings() {
        return settings;
    }

    boolean has(Parameter.Part part) {
        return tensors.has(part.name());
    }

    /** @throws ModelFormatException naming file and tensor, if it is missing or misshapen */
    StoredTensor find(Parameter.Part part) {
        return tensors.find(part.name(), part.shape());
    }

    /**
     * Refuses another base than the one that the adapter was trained on, where the adapter says which that was.
     *
     * @throws ModelFormatException naming the base's file
     */
    void verifyBase() {
        String trainedOn = tensors.metadata().get(BASE_SHA256);
        if (trainedOn != null) {
            String found = BaseHashes.of(base);
            if (!found.equals(trainedOn)) {
                throw new ModelFormatException(base + " has weights of SHA-256 " + found + ", but " + tensors.path()
                        + " was trained on " + trainedOn + ": the base has changed or is another one");
            }
        }
    }

    /** Whether a critic's head is beside the matrices. */
    Head head() {
        return tensors.has(PREFIX_OF_HEAD) ? Head.VALUE : Head.VOCABULARY;
    }

    /** Writes the same adapter with numbers of another type, and the base's tokenizer. */
    void copy(Path target, ModelConfig config, WeightType type) {
        List<TensorWriter.Tensor> copies = new ArrayList<>();
        for (Parameter parameter : AdapterLayout.of(config, settings, head())) {
            Parameter.Part part = parameter.parts().get(0);
            StoredTensor stored = find(part);
            copies.add(
                    new TensorWriter.Tensor(part.name(), type, part.shape(), channel -> stored.writeTo(channel, type)));
        }
        ModelFiles.read(base).saveTokenizer(target);
        save(target, base, BaseHashes.of(base), settings, head(), copies);
    }

    /** Writes both files, the weights last: where they lie, the directory is complete. */
    static void save(
            Path directory,
            Path base,
            String baseSha256,
            LoraSettings settings,
            Head head,
            List<TensorWriter.Tensor> of) {
        DurableFile.write(directory.resolve(CONFIG), config(base, settings, head));
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("format", "pt");
        metadata.put(BASE_SHA256, baseSha256);
        TensorWriter.write(directory.resolve(WEIGHTS), metadata, of);
    }

    /** The fields without which no version of PEFT reads an adapter as this one; it fills in the others. */
    private static byte[] config(Path base, LoraSettings settings, Head head) {
        ObjectNode root = JSON.createObjectNode();
        root.put(BASE, base.toAbsolutePath().normalize().toString());
        root.put("bias", "none");
        root.put("fan_in_fan_out", false);
        root.put("inference_mode", true);
        root.put("init_lora_weights", true);
        root.set("lora_alpha", JSON.valueToTree(number(settings.alpha())));
        root.put("lora_dropout", 0.0);
        if (head == Head.VALUE) {
            root.putArray("modules_to_save").add("value_head");
        } else {
            root.putNull("modules_to_save");
        }
        root.put("peft_type", "LORA");
        root.put("r", settings.rank());
        root.putNull("revision");
        settings.targets().forEach(root.putArray("target_modules")::add);
        root.put("task_type", head == Head.VALUE ? "FEATURE_EXTRACTION" : "CAUSAL_LM");
        return JSON.writeValueAsBytes(root);
    }

    /** PEFT declares alpha a whole number, but computes with any. */
    private static Number number(double alpha) {
        return alpha == Math.rint(alpha) ? (Number) (long) alpha : (Number) alpha;
    }
}
