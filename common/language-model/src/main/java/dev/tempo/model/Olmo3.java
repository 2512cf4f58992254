package dev.tempo.model;

import dev.tempo.model.Parameter.Part;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * The OLMo 3 family: norms behind attention and behind the MLP, and of whole query and key projections; of every four layers
 * three have a sliding window and one has full attention.
 */
final class Olmo3 implements Architecture {
    private static final int FULL_EVERY = 4;

    @Override
    public String modelType() {
        return "olmo3";
    }

    @Override
    public String className() {
        return "Olmo3ForCausalLM";
    }

    @Override
    public List<Parameter> layer(ModelConfig config, String prefix) {
        long hidden = config.hiddenSize();
        long queries = (long) config.attentionHeads() * config.headDimension();
        long keys = (long) config.keyValueHeads() * config.headDimension();
        long inner = config.intermediateSize();
        return List.of(
                Parameter.of(
                        Part.of(prefix + "self_attn.q_proj.weight", queries, hidden),
                        Part.of(prefix + "self_attn.k_proj.weight", keys, hidden)),
                Parameter.of(Part.of(prefix + "self_attn.v_proj.weight", keys, hidden)),
                Parameter.of(Part.of(prefix + "self_attn.q_norm.weight", queries)),
                Parameter.of(Part.of(prefix + "self_attn.k_norm.weight", keys)),
                Parameter.of(Part.of(prefix + "self_attn.o_proj.weight", hidden, queries)),
                Parameter.of(Part.of(prefix + "post_attention_layernorm.weight", hidden)),
                Parameter.of(Part.of(prefix + "mlp.gate_proj.weight", inner, hidden)),
                Parameter.of(Part.of(prefix + "mlp.up_proj.weight", inner, hidden)),
                Parameter.of(Part.of(prefix + "mlp.down_proj.weight", hidden, inner)),
                Parameter.of(Part.of(prefix + "post_feedforward_layernorm.weight", hidden)));
    }

    @Override
    public boolean slides(int layer, JsonNode configJson) {
        return (layer + 1) % FULL_EVERY != 0;
    }

    /**
     * False: YaRN was trained on the layers with full attention only. transformers 5.0 to at least 5.12.1 apply it
     * everywhere by mistake.
     */
    @Override
    public boolean scalesSlidingLayers() {
        return false;
    }
}
