package dev.tempo.model.config;

import dev.tempo.model.Architecture;
import dev.tempo.model.LayerAttention;
import dev.tempo.model.ModelConfig;
import dev.tempo.model.ModelFormatException;
import dev.tempo.model.Rope;
import dev.tempo.model.WeightType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/** The file config.json, read in every spelling that Hugging Face's transformers has written over the years. */
public final class ConfigFile {
    private static final List<String> TYPES = List.of("dtype", "torch_dtype");

    /** Eight times as many as any published model has; each costs its reader a dozen names of tensors. */
    private static final int MOST_LAYERS = 1_000;

    private final Path file;
    private final ConfigFields root;

    private ConfigFile(Path file, JsonNode root) {
        this.file = file;
        this.root = new ConfigFields(file, "", root);
    }

    /**
     * The model's shape as a config.json states it. Where a generation_config.json lies beside it, the {@code eos_token_id}
     * of that file is used.
     *
     * @throws ModelFormatException naming file and field, if a field is missing, wrong or asks for what is not supported
     */
    public static ModelConfig read(Path file) {
        return new ConfigFile(file, JsonFile.read(file)).config();
    }

    private ModelConfig config() {
        Architecture family;
        try {
            family = Architecture.of(root.text("model_type"));
        } catch (IllegalArgumentException e) {
            throw new ModelFormatException(file + ": " + e.getMessage(), e);
        }
        refuseUnsupported(family);
        int hidden = root.whole("hidden_size");
        int heads = root.whole("num_attention_heads");
        int layers = root.whole("num_hidden_layers");
        if (layers > MOST_LAYERS) {
            throw root.wrong("num_hidden_layers", "must be at most " + MOST_LAYERS);
        }
        try {
            List<LayerAttention> attention = new AttentionFields(root, family).read(layers);
            ModelConfig config = new ModelConfig(
                    family.modelType(),
                    hidden,
                    layers,
                    heads,
                    root.present("num_key_value_heads") ? root.whole("num_key_value_heads") : heads,
                    root.present("head_dim") ? root.whole("head_dim") : hidden / Math.max(1, heads),
                    root.whole("intermediate_size"),
                    root.number("rms_norm_eps"),
                    attention,
                    root.flag("tie_word_embeddings", false),
                    root.whole("vocab_size"),
                    positions(attention),
                    root.present("pad_token_id") ? OptionalInt.of(root.whole("pad_token_id")) : OptionalInt.empty(),
                    endTokenIds());
            root.check(ConfigKeys.MODEL);
            refuseUncountable(config);
            return config;
        } catch (IllegalArgumentException e) {
            throw new ModelFormatException(file + ": " + e.getMessage(), e);
        }
    }

    private void refuseUncountable(ModelConfig config) {
        try {
            config.parameters();
        } catch (ArithmeticException beyondCounting) {
            throw new ModelFormatException(
                    file + ": its sizes make more weights than can be counted: hidden_size " + config.hiddenSize()
                            + ", intermediate_size " + config.intermediateSize() + ", vocab_size "
                            + config.vocabularySize(),
                    beyondCounting);
        }
    }

    private void refuseUnsupported(Architecture family) {
        if (root.present("architectures") && !root.node("architectures").isArray()) {
            throw root.wrong("architectures", "must be a list");
        }
        for (JsonNode name : root.node("architectures")) {
            root.expect("architectures", name.asString(""), family.className());
        }
        root.expect("hidden_act", root.text("hidden_act", "silu"), "silu");
        root.expect("attention_bias", root.flag("attention_bias", false), false);
        root.expect("mlp_bias", root.flag("mlp_bias", false), false);
        if (root.present("quantization_config")) {
            throw new ModelFormatException(file + ": quantization_config: quantized weights are not supported; take the"
                    + " model's F32, F16 or BF16 files");
        }
        for (String field : TYPES) {
            String type = root.text(field, "float32");
            if (WeightType.inConfig(type).isEmpty()) {
                throw new ModelFormatException(
                        file + ": " + field + " " + type + " is not supported; supported: float32, float16, bfloat16");
            }
        }
    }

    private int positions(List<LayerAttention> attention) {
        double most = root.whole("max_position_embeddings");
        for (LayerAttention layer : attention) {
            Rope.Yarn yarn = layer.rope().yarn();
            if (yarn != null) {
                most = Math.max(most, yarn.factor() * yarn.originalPositions());
            }
        }
        return (int) most;
    }

    private List<Integer> endTokenIds() {
        Path generation = file.resolveSibling("generation_config.json");
        JsonNode ids = root.node("eos_token_id");
        Path source = file;
        if (Files.isRegularFile(generation)) {
            JsonNode settings = JsonFile.read(generation);
            ConfigKeys.GENERATION.check(generation, "", settings);
            if (settings.hasNonNull("eos_token_id")) {
                source = generation;
                ids = settings.path("eos_token_id");
            }
        }
        if (ids.isMissingNode() || ids.isNull()) {
            throw new ModelFormatException(
                    file + ": eos_token_id is missing; write the id of the token that ends a response,"
                            + " the one that tokenizer_config.json calls eos_token");
        }
        int vocabulary = root.whole("vocab_size");
        List<Integer> all = new ArrayList<>();
        for (JsonNode id : ids.isArray() ? ids : List.of(ids)) {
            if (!id.isInt()) {
                throw new ModelFormatException(
                        source + ": eos_token_id must be a whole number or a list of them, but is "
                                + ConfigFields.shortened(ids));
            }
            if (id.intValue() < 0 || id.intValue() >= vocabulary) {
                throw new ModelFormatException(source + ": eos_token_id " + id.intValue()
                        + " lies outside the vocabulary of " + vocabulary + " ids");
            }
            all.add(id.intValue());
        }
        return all;
    }
}
