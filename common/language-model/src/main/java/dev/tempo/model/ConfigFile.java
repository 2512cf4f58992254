package dev.tempo.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** config.json in the spellings that Hugging Face's transformers has written it over the years. */
final class ConfigFile {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Path file;
    private final JsonNode root;

    private ConfigFile(Path file, JsonNode root) {
        this.file = file;
        this.root = root;
    }

    static ModelConfig read(Path file) {
        return new ConfigFile(file, tree(file)).config();
    }

    private static JsonNode tree(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new ModelFormatException(file + " is missing");
        }
        try {
            JsonNode root = JSON.readTree(Files.readAllBytes(file));
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
        refuseUnsupported();
        int hidden = whole("hidden_size");
        int heads = whole("num_attention_heads");
        try {
            return new ModelConfig(
                    text("model_type"),
                    hidden,
                    whole("num_hidden_layers"),
                    heads,
                    present("num_key_value_heads") ? whole("num_key_value_heads") : heads,
                    present("head_dim") ? whole("head_dim") : hidden / Math.max(1, heads),
                    whole("intermediate_size"),
                    number("rms_norm_eps", root),
                    ropeTheta(),
                    root.path("tie_word_embeddings").asBoolean(false),
                    whole("vocab_size"),
                    whole("max_position_embeddings"),
                    present("pad_token_id") ? OptionalInt.of(whole("pad_token_id")) : OptionalInt.empty(),
                    endTokenIds());
        } catch (IllegalArgumentException e) {
            throw new ModelFormatException(file + ": " + e.getMessage(), e);
        }
    }

    private void refuseUnsupported() {
        expect("hidden_act", root.path("hidden_act").asString("silu"), "silu");
        expect("attention_bias", root.path("attention_bias").asBoolean(false), false);
        expect("use_sliding_window", root.path("use_sliding_window").asBoolean(false), false);
        for (JsonNode type : root.path("layer_types")) {
            expect("layer_types", type.asString(), "full_attention");
        }
        for (String field : List.of("rope_scaling", "rope_parameters")) {
            JsonNode rope = root.path(field);
            String type = rope.path("rope_type").asString(rope.path("type").asString("default"));
            expect(field + ".rope_type", type, "default");
        }
    }

    private void expect(String field, Object actual, Object supported) {
        if (!actual.equals(supported)) {
            throw new ModelFormatException(
                    file + ": " + field + " " + actual + " is not supported; supported: " + supported);
        }
    }

    private double ropeTheta() {
        JsonNode parameters = root.path("rope_parameters");
        return parameters.has("rope_theta") ? number("rope_theta", parameters) : number("rope_theta", root);
    }

    private List<Integer> endTokenIds() {
        Path generation = file.resolveSibling("generation_config.json");
        JsonNode ids = root.path("eos_token_id");
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

    private boolean present(String field) {
        return root.hasNonNull(field);
    }

    private int whole(String field) {
        JsonNode value = root.path(field);
        if (!value.isInt()) {
            throw new ModelFormatException(file + ": " + field + " must be a whole number, but is " + described(value));
        }
        return value.intValue();
    }

    private double number(String field, JsonNode node) {
        JsonNode value = node.path(field);
        if (!value.isNumber()) {
            throw new ModelFormatException(file + ": " + field + " must be a number, but is " + described(value));
        }
        return value.doubleValue();
    }

    private String text(String field) {
        JsonNode value = root.path(field);
        if (!value.isString()) {
            throw new ModelFormatException(file + ": " + field + " must be a text, but is " + described(value));
        }
        return value.asString();
    }

    private static String described(JsonNode value) {
        return value.isMissingNode() ? "missing" : value.toString();
    }

    /** The config.json of a new model. */
    static byte[] write(ModelConfig config) {
        ObjectNode root = JSON.createObjectNode();
        root.putArray("architectures").add("Qwen3ForCausalLM");
        root.put("model_type", config.modelType());
        root.put("hidden_size", config.hiddenSize());
        root.put("num_hidden_layers", config.layers());
        root.put("num_attention_heads", config.attentionHeads());
        root.put("num_key_value_heads", config.keyValueHeads());
        root.put("head_dim", config.headDimension());
        root.put("intermediate_size", config.intermediateSize());
        root.put("hidden_act", "silu");
        root.put("rms_norm_eps", config.normEpsilon());
        root.put("rope_theta", config.ropeTheta());
        root.put("attention_bias", false);
        root.put("tie_word_embeddings", config.tiedEmbeddings());
        root.put("vocab_size", config.vocabularySize());
        root.put("max_position_embeddings", config.maxPositions());
        if (config.padTokenId().isPresent()) {
            root.put("pad_token_id", config.padTokenId().getAsInt());
        }
        if (config.endTokenIds().size() == 1) {
            root.put("eos_token_id", config.endTokenIds().get(0));
        } else {
            config.endTokenIds().forEach(root.putArray("eos_token_id")::add);
        }
        root.put("torch_dtype", "float32");
        return JSON.writeValueAsBytes(root);
    }

    /** The same config.json, of weights that are now float32. */
    static byte[] inFloat32(byte[] configJson) {
        ObjectNode root = (ObjectNode) JSON.readTree(configJson);
        boolean changed = false;
        for (String field : List.of("torch_dtype", "dtype")) {
            if (root.has(field) && !root.path(field).asString("").equals("float32")) {
                root.put(field, "float32");
                changed = true;
            }
        }
        return changed ? JSON.writeValueAsBytes(root) : configJson;
    }
}
