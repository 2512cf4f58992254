package dev.tempo.model.config;

import dev.tempo.model.Architecture;
import dev.tempo.model.LayerAttention;
import dev.tempo.model.Rope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * The fields of a config.json that say how each layer attends: {@code rope_theta} and {@code rope_scaling}, or {@code
 * rope_parameters}, for all layers or by layer type; {@code layer_types}, or the family's default without it.
 */
final class AttentionFields {
    private static final String FULL = "full_attention";
    private static final String SLIDING = "sliding_attention";
    private static final String PLAIN = "default";
    private static final String YARN = "yarn";
    private static final KeyRules BY_TYPE = KeyRules.of(FULL + " " + SLIDING, "", Map.of());

    private final ConfigFields root;
    private final Architecture family;

    AttentionFields(ConfigFields root, Architecture family) {
        this.root = root;
        this.family = family;
    }

    List<LayerAttention> read(int layers) {
        JsonNode types = root.node("layer_types");
        if (root.present("layer_types") && !types.isArray()) {
            throw root.wrong("layer_types", "must be a list");
        }
        if (types.isArray() && types.size() != layers) {
            throw root.wrong("layer_types", "must have num_hidden_layers " + layers + " entries");
        }
        root.flag("use_sliding_window", true);
        if (root.present("max_window_layers")) {
            root.whole("max_window_layers");
        }
        List<LayerAttention> attention = new ArrayList<>();
        Map<String, LayerAttention> kinds = new HashMap<>();
        for (int layer = 0; layer < layers; layer++) {
            String type = types.isArray()
                    ? types.get(layer).asString("")
                    : family.slides(layer, root.object()) ? SLIDING : FULL;
            attention.add(kinds.computeIfAbsent(type, this::attention));
        }
        return attention;
    }

    private LayerAttention attention(String type) {
        return switch (type) {
            case FULL -> LayerAttention.full(rope(FULL));
            case SLIDING -> {
                if (!root.flag("use_sliding_window", true)) {
                    throw root.wrong("layer_types", "may not slide where use_sliding_window is false");
                }
                yield LayerAttention.sliding(root.whole("sliding_window"), rope(SLIDING));
            }
            default -> throw root.wrong("layer_types", "may hold full_attention and sliding_attention only");
        };
    }

    private Rope rope(String type) {
        boolean scaled = isGiven("rope_scaling");
        if (!isGiven("rope_parameters")) {
            return rope(root.inner("rope_scaling"), type, true);
        }
        ConfigFields parameters = root.inner("rope_parameters");
        boolean nested =
                parameters.node(FULL).isObject() || parameters.node(SLIDING).isObject();
        if (scaled && !root.node("rope_scaling").equals(root.node("rope_parameters"))) {
            return either(nested, type);
        }
        if (nested) {
            parameters.check(BY_TYPE);
            if (!parameters.node(type).isObject()) {
                throw parameters.wrong(type, "must be an object");
            }
            return rope(parameters.inner(type), type, false);
        }
        return rope(parameters, type, true);
    }

    /**
     * Whether a field holds an object that is not empty.
     *
     * @throws dev.tempo.model.ModelFormatException if the field holds something else than an object
     */
    private boolean isGiven(String field) {
        JsonNode value = root.node(field);
        if (root.present(field) && !value.isObject()) {
            throw root.wrong(field, "must be an object");
        }
        return !value.isEmpty();
    }

    /**
     * The rotary positions of a config with two descriptions that differ. For Qwen3, transformers takes {@code rope_scaling}
     * with the theta that it or the config itself names, never that of {@code rope_parameters}; without such a theta it
     * would take a default, which hardly anybody means. For OLMo 3 it mixes the two.
     */
    private Rope either(boolean nested, String type) {
        ConfigFields scaling = root.inner("rope_scaling");
        if (nested || !family.scalesSlidingLayers() || !(scaling.present("rope_theta") || root.present("rope_theta"))) {
            throw root.refusal(
                    "rope_scaling",
                    "stands beside rope_parameters, and readers differ in what they take of each; write all that is"
                            + " meant (rope_type, rope_theta, factor ...) into rope_parameters and take rope_scaling out");
        }
        return rope(scaling, type, true);
    }

    /** @param shared whether one description holds for the whole model */
    private Rope rope(ConfigFields fields, String type, boolean shared) {
        double theta = fields.present("rope_theta") ? fields.number("rope_theta") : root.number("rope_theta");
        if (fields.number("partial_rotary_factor", root.number("partial_rotary_factor", 1)) != 1) {
            throw fields.wrong("partial_rotary_factor", "must be 1, which turns whole heads");
        }
        String kind = fields.present("rope_type")
                ? fields.text("rope_type")
                : fields.present("type") ? fields.text("type") : PLAIN;
        if (!kind.equals(PLAIN) && !kind.equals(YARN)) {
            fields.expect("rope_type", kind, PLAIN + ", " + YARN);
        }
        fields.check(kind.equals(YARN) ? ConfigKeys.YARN : ConfigKeys.PLAIN_ROPE);
        boolean stretched = !shared || type.equals(FULL) || family.scalesSlidingLayers();
        return kind.equals(YARN) && stretched ? new Rope(theta, yarn(fields)) : Rope.plain(theta);
    }

    private Rope.Yarn yarn(ConfigFields fields) {
        double factor = fields.number("factor");
        double attentionFactor = Rope.Yarn.attentionFactor(factor);
        if (fields.present("attention_factor")) {
            attentionFactor = fields.number("attention_factor");
        } else if (fields.number("mscale", 0) != 0 && fields.number("mscale_all_dim", 0) != 0) {
            attentionFactor = Rope.Yarn.attentionFactor(factor, fields.number("mscale"))
                    / Rope.Yarn.attentionFactor(factor, fields.number("mscale_all_dim"));
        }
        String original = "original_max_position_embeddings";
        return new Rope.Yarn(
                factor,
                fields.present(original) ? fields.whole(original) : root.whole("max_position_embeddings"),
                attentionFactor,
                fields.number("beta_fast", 32),
                fields.number("beta_slow", 1),
                fields.flag("truncate", true));
    }
}
