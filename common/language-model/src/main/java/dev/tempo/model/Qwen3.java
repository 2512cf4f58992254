package dev.tempo.model;

import dev.tempo.model.Parameter.Part;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * The Qwen3 family: norms before attention, before the MLP and of each head's queries and keys; full attention unless the
 * config asks for a sliding window.
 */
final class Qwen3 implements Architecture {
    @Override
    public String modelType() {
        return "qwen3";
    }

    @Override
    public String className() {
        return "Qwen3ForCausalLM";
    }

    @Override
    public List<Parameter> layer(ModelConfig config, String prefix) {
        long hidden = config.hiddenSize();
        long entries = config.headDimension();
        long queries = config.attentionHeads() * entries;
        long keys = config.keyValueHeads() * entries;
        long inner = config.intermediateSize();
        return List.of(
                Parameter.of(Part.of(prefix + "input_layernorm.weight", hidden)),
                Parameter.of(
                        Part.of(prefix + "self_attn.q_proj.weight", queries, hidden),
                        Part.of(prefix + "self_attn.k_proj.weight", keys, hidden)),
                Parameter.of(Part.of(prefix + "self_attn.v_proj.weight", keys, hidden)),
                Parameter.of(Part.of(prefix + "self_attn.q_norm.weight", entries)),
                Parameter.of(Part.of(prefix + "self_attn.k_norm.weight", entries)),
                Parameter.of(Part.of(prefix + "self_attn.o_proj.weight", hidden, queries)),
                Parameter.of(Part.of(prefix + "post_attention_layernorm.weight", hidden)),
                Parameter.of(Part.of(prefix + "mlp.gate_proj.weight", inner, hidden)),
                Parameter.of(Part.of(prefix + "mlp.up_proj.weight", inner, hidden)),
                Parameter.of(Part.of(prefix + "mlp.down_proj.weight", hidden, inner)));
    }

    /**
     * Whether the layer comes after the first {@code max_window_layers}, which have full attention; no layer slides where
     * the window is null.
     */
    @Override
    public boolean slides(int layer, JsonNode configJson) {
        return configJson.path("use_sliding_window").asBoolean(false)
                && !configJson.path("sliding_window").isNull()
                && layer >= configJson.path("max_window_layers").asInt(28);
    }

    @Override
    public boolean scalesSlidingLayers() {
        return true;
    }
}
