package dev.tempo.model;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Windows and rotary positions of a config.json's layers: {@code rope_theta} and {@code rope_scaling}, or
 * {@code rope_parameters}, of all layers or of each type; {@code layer_types}, or what the family does without them.
 */
final class AttentionFields {
    private static final String FULL = "full_attention";
    private static final String SLIDING = "sliding_attention";

    private final ConfigFields root;
    private final Architecture family;

    AttentionFields(ConfigFields root, Architecture family) {
        this.root = root;
        this.family = family;
    }

    List<LayerAttention> read(int layers) {
        JsonNode types = root.node("layer_types");
        if (types.isArray() && types.size() != layers) {
            throw root.wrong("layer_types", "must have num_hidden_layers " + layers + " entries");
        }
        List<LayerAttention> attention = new ArrayList<>();
        for (int layer = 0; layer < layers; layer++) {
            String type = types.isArray()
                    ? types.get(layer).asString("")
                    : family.slides(layer, root.object()) ? SLIDING : FULL;
            attention.add(
                    switch (type) {
                        case FULL -> LayerAttention.full(rope(FULL));
                        case SLIDING -> {
                            if (!root.node("use_sliding_window").asBoolean(true)) {
                                throw root.wrong("layer_types", "may not slide where use_sliding_window is false");
                            }
                            yield LayerAttention.sliding(root.whole("sliding_window"), rope(SLIDING));
                        }
                        default ->
                            throw root.wrong("layer_types", "may hold full_attention and sliding_attention only");
                    });
        }
        return attention;
    }

    private Rope rope(String type) {
        if (!root.present("rope_parameters")) {
            return rope(root.inner("rope_scaling"), type, true);
        }
        ConfigFields parameters = root.inner("rope_parameters");
        if (parameters.node(FULL).isObject() || parameters.node(SLIDING).isObject()) {
            if (!parameters.node(type).isObject()) {
                throw parameters.wrong(type, "must be an object");
            }
            return rope(parameters.inner(type), type, false);
        }
        return rope(parameters, type, true);
    }

    /** @param shared whether one description holds for the whole model */
    private Rope rope(ConfigFields fields, String type, boolean shared) {
        double theta = fields.present("rope_theta") ? fields.number("rope_theta") : root.number("rope_theta");
        if (fields.number("partial_rotary_factor", root.number("partial_rotary_factor", 1)) != 1) {
            throw fields.wrong("partial_rotary_factor", "must be 1, which turns whole heads");
        }
        String kind = fields.present("rope_type")
                ? fields.text("rope_type")
                : fields.present("type") ? fields.text("type") : "default";
        boolean stretched = !shared || type.equals(FULL) || family.scalesSlidingLayers();
        return switch (kind) {
            case "default" -> Rope.plain(theta);
            case "yarn" -> stretched ? new Rope(theta, yarn(fields)) : Rope.plain(theta);
            default -> {
                fields.expect("rope_type", kind, "default, yarn");
                throw new IllegalStateException("rope_type " + kind + " is read nowhere");
            }
        };
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
                fields.node("truncate").asBoolean(true));
    }
}
