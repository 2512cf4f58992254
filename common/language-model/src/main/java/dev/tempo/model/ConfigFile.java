package dev.tempo.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** config.json in the spellings that Hugging Face's transformers has written it over the years. */
final class ConfigFile {
    private static final List<String> TYPES = List.of("dtype", "torch_dtype");

    private final Path file;
    private final ConfigFields root;

    private ConfigFile(Path file, JsonNode root) {
        this.file = file;
        this.root = new ConfigFields(file, "", root);
    }

    static ModelConfig read(Path file) {
        return new ConfigFile(file, tree(file)).config();
    }

    private static JsonNode tree(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new ModelFormatException(file + " is missing");
        }
        try {
            JsonNode root = JsonMapper.shared().readTree(Files.readAllBytes(file));
            if (!root.isObject()) {
                throw new ModelFormatException(file + " is no JSON object");
            }
            return root;
        } catch (JacksonException e) {
            throw new ModelFormatException(file + " is no JSON: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new ModelFormatException(file + " cannot be read: " + e.getMessage(), e);
        }
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
        try {
            List<LayerAttention> attention = new AttentionFields(root, family).read(layers);
            return new ModelConfig(
                    family.modelType(),
                    hidden,
                    layers,
                    heads,
                    root.present("num_key_value_heads") ? root.whole("num_key_value_heads") : heads,
                    root.present("head_dim") ? root.whole("head_dim") : hidden / Math.max(1, heads),
                    root.whole("intermediate_size"),
                    root.number("rms_norm_eps"),
                    attention,
                    root.node("tie_word_embeddings").asBoolean(false),
                    root.whole("vocab_size"),
                    positions(attention),
                    root.present("pad_token_id") ? OptionalInt.of(root.whole("pad_token_id")) : OptionalInt.empty(),
                    endTokenIds());
        } catch (IllegalArgumentException e) {
            throw new ModelFormatException(file + ": " + e.getMessage(), e);
        }
    }

    private void refuseUnsupported(Architecture family) {
        for (JsonNode name : root.node("architectures")) {
            root.expect("architectures", name.asString(""), family.className());
        }
        root.expect("hidden_act", root.node("hidden_act").asString("silu"), "silu");
        root.expect("attention_bias", root.node("attention_bias").asBoolean(false), false);
        root.expect("mlp_bias", root.node("mlp_bias").asBoolean(false), false);
        if (root.present("quantization_config")) {
            throw new ModelFormatException(file + ": quantization_config: quantized weights are not supported; take the"
                    + " model's F32, F16 or BF16 files");
        }
        for (String field : TYPES) {
            String type = root.node(field).asString("float32");
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
        if (Files.isRegularFile(generation)) {
            JsonNode better = tree(generation).path("eos_token_id");
            ids = better.isMissingNode() || better.isNull() ? ids : better;
        }
        List<Integer> all = new ArrayList<>();
        for (JsonNode id : ids.isArray() ? ids : List.of(ids)) {
            if (!id.isInt()) {
                throw new ModelFormatException(
                        file + ": eos_token_id must be a whole number or a list of them, but is " + ids);
            }
            all.add(id.intValue());
        }
        return all;
    }
}
