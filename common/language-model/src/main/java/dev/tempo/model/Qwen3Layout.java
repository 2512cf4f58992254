package dev.tempo.model;

import dev.tempo.model.Parameter.Part;
import java.util.ArrayList;
import java.util.List;

/** The parameters of a Qwen3 model in the order that qwen3.torchscript expects. */
final class Qwen3Layout {
    static final String VALUE_WEIGHT = "value_head.weight";
    static final String VALUE_BIAS = "value_head.bias";

    private Qwen3Layout() {}

    static List<Parameter> of(ModelConfig config, Head head) {
        long hidden = config.hiddenSize();
        long vocabulary = config.vocabularySize();
        List<Parameter> parameters = new ArrayList<>();
        parameters.add(Parameter.of(Part.of("model.embed_tokens.weight", vocabulary, hidden)));
        for (int layer = 0; layer < config.layers(); layer++) {
            parameters.addAll(layer(config, "model.layers." + layer + "."));
        }
        parameters.add(Parameter.of(Part.of("model.norm.weight", hidden)));
        if (head == Head.VALUE) {
            parameters.add(Parameter.of(Part.of(VALUE_WEIGHT, 1, hidden)));
            parameters.add(Parameter.of(Part.of(VALUE_BIAS, 1)));
        } else if (!config.tiedEmbeddings()) {
            parameters.add(Parameter.of(Part.of("lm_head.weight", vocabulary, hidden)));
        }
        return parameters;
    }

    private static List<Parameter> layer(ModelConfig config, String prefix) {
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
}
