package dev.tempo.model.config;

import dev.tempo.model.Architecture;
import dev.tempo.model.LayerAttention;
import dev.tempo.model.ModelConfig;
import dev.tempo.model.Rope;
import dev.tempo.model.WeightType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A writer of config.json: for a new model, and for an existing one whose weights are now of another type. */
public final class ConfigWriter {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final Pattern TYPE = Pattern.compile("(\"(?:torch_)?dtype\"\\s*:\\s*\")[^\"]*\"");

    private ConfigWriter() {}

    /** The content of config.json for a new model with float32 weights. */
    public static byte[] write(ModelConfig config) {
        ObjectNode root = JSON.createObjectNode();
        root.putArray("architectures").add(Architecture.of(config.modelType()).className());
        root.put("model_type", config.modelType());
        root.put("hidden_size", config.hiddenSize());
        root.put("num_hidden_layers", config.layers());
        root.put("num_attention_heads", config.attentionHeads());
        root.put("num_key_value_heads", config.keyValueHeads());
        root.put("head_dim", config.headDimension());
        root.put("intermediate_size", config.intermediateSize());
        root.put("hidden_act", "silu");
        root.put("rms_norm_eps", config.normEpsilon());
        attention(config, root);
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

    /**
     * Writes the fields of attention: a single rotary embedding without stretching in the spelling that every version of
     * transformers reads, anything else in that of transformers 5.
     */
    private static void attention(ModelConfig config, ObjectNode root) {
        List<LayerAttention> kinds = config.attentionKinds();
        LayerAttention first = kinds.get(0);
        boolean plain =
                kinds.size() == 1 && first.window().isEmpty() && first.rope().yarn() == null;
        if (plain) {
            root.put("rope_theta", first.rope().theta());
        }
        if (plain && !Architecture.of(config.modelType()).slides(0, root)) {
            return;
        }
        ArrayNode types = root.putArray("layer_types");
        config.attention().forEach(layer -> types.add(type(layer)));
        if (plain) {
            return;
        }
        ObjectNode parameters = root.putObject("rope_parameters");
        for (LayerAttention kind : kinds) {
            if (parameters.has(type(kind))) {
                throw new IllegalArgumentException(
                        "config.json has room for one window and one rope per type of layer, but there are " + kinds);
            }
            rope(kind.rope(), parameters.putObject(type(kind)));
            if (kind.window().isPresent()) {
                root.put("use_sliding_window", true);
                root.put("sliding_window", kind.window().getAsInt());
            }
        }
    }

    private static String type(LayerAttention layer) {
        return layer.window().isPresent() ? "sliding_attention" : "full_attention";
    }

    private static void rope(Rope rope, ObjectNode parameters) {
        Rope.Yarn yarn = rope.yarn();
        parameters.put("rope_type", yarn == null ? "default" : "yarn");
        parameters.put("rope_theta", rope.theta());
        if (yarn != null) {
            parameters.put("factor", yarn.factor());
            parameters.put("original_max_position_embeddings", yarn.originalPositions());
            parameters.put("attention_factor", yarn.attentionFactor());
            parameters.put("beta_fast", yarn.betaFast());
            parameters.put("beta_slow", yarn.betaSlow());
            parameters.put("truncate", yarn.truncate());
        }
    }

    /** The content of a config.json with another type of weights and all else unchanged. */
    public static byte[] withType(byte[] configJson, WeightType type) {
        String text = new String(configJson, StandardCharsets.UTF_8);
        Matcher named = TYPE.matcher(text);
        if (named.find()) {
            return named.replaceAll("$1" + type.inConfig() + "\"").getBytes(StandardCharsets.UTF_8);
        }
        if (type == WeightType.FLOAT32) {
            return configJson;
        }
        ObjectNode root = (ObjectNode) JSON.readTree(configJson);
        root.put("torch_dtype", type.inConfig());
        return JSON.writeValueAsBytes(root);
    }
}
