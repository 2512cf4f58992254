package dev.tempo.model.export;

import dev.tempo.model.LayerAttention;
import dev.tempo.model.ModelConfig;
import dev.tempo.model.ModelFormatException;
import dev.tempo.model.ModelLayout;
import dev.tempo.model.Parameter;
import dev.tempo.model.Rope;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A family of models as llama.cpp knows it: its name there, its tensors' names, and what its graph cannot compute. */
enum GgufFamily {
    QWEN3("qwen3", "qwen3", Map.of("input_layernorm", "attn_norm", "post_attention_layernorm", "ffn_norm")),
    /** OLMo 2 and 3 are one family there; 3 has sliding windows. */
    OLMO3(
            "olmo3",
            "olmo2",
            Map.of("post_attention_layernorm", "post_attention_norm", "post_feedforward_layernorm", "post_ffw_norm"));

    private static final Map<String, String> OUTER = Map.of(
            ModelLayout.EMBEDDING,
            "token_embd.weight",
            "model.norm.weight",
            "output_norm.weight",
            ModelLayout.OUTPUT,
            "output.weight");
    private static final Map<String, String> PARTS = Map.of(
            "self_attn.q_proj", "attn_q",
            "self_attn.k_proj", "attn_k",
            "self_attn.v_proj", "attn_v",
            "self_attn.o_proj", "attn_output",
            "self_attn.q_norm", "attn_q_norm",
            "self_attn.k_norm", "attn_k_norm",
            "mlp.gate_proj", "ffn_gate",
            "mlp.up_proj", "ffn_up",
            "mlp.down_proj", "ffn_down");
    private static final String WEIGHT = ".weight";

    private final String modelType;
    private final String inFiles;
    private final Map<String, String> norms;

    GgufFamily(String modelType, String inFiles, Map<String, String> norms) {
        this.modelType = modelType;
        this.inFiles = inFiles;
        this.norms = norms;
    }

    /**
     * The family of a model.
     *
     * @throws ModelFormatException if llama.cpp cannot compute what the model computes
     */
    static GgufFamily of(ModelConfig config) {
        for (GgufFamily family : values()) {
            if (family.modelType.equals(config.modelType())) {
                family.refuseOtherAttention(config);
                return family;
            }
        }
        throw refusal("the family " + config.modelType() + ", for which no names are known here");
    }

    /** The name under which GGUF files give the family. */
    String inFiles() {
        return inFiles;
    }

    /** Whether a file must repeat the embedding as output, though the model ties both. */
    boolean repeatsTiedEmbedding() {
        return this == OLMO3;
    }

    /** The name of a checkpoint's tensor in a GGUF file. */
    String tensor(Parameter.Part part) {
        String outer = OUTER.get(part.name());
        if (outer != null) {
            return outer;
        }
        String inLayers = part.name().substring(ModelLayout.LAYERS.length());
        int dot = inLayers.indexOf('.');
        String name = inLayers.substring(dot + 1, inLayers.length() - WEIGHT.length());
        String known = PARTS.getOrDefault(name, norms.get(name));
        if (known == null) {
            throw refusal("a tensor " + part.name() + ", for which no name is known here");
        }
        return "blk." + inLayers.substring(0, dot) + "." + known + WEIGHT;
    }

    /** Writes the model's shape under the names that llama.cpp reads. */
    void describe(ModelConfig config, GgufHeader header) {
        String prefix = inFiles + ".";
        header.number(prefix + "vocab_size", config.vocabularySize());
        header.number(prefix + "context_length", config.maxPositions());
        header.number(prefix + "embedding_length", config.hiddenSize());
        header.number(prefix + "block_count", config.layers());
        header.number(prefix + "feed_forward_length", config.intermediateSize());
        header.number(prefix + "attention.head_count", config.attentionHeads());
        header.number(prefix + "attention.head_count_kv", config.keyValueHeads());
        header.number(prefix + "attention.key_length", config.headDimension());
        header.number(prefix + "attention.value_length", config.headDimension());
        header.number(prefix + "rope.dimension_count", config.headDimension());
        header.real(prefix + "attention.layer_norm_rms_epsilon", config.normEpsilon());
        windows(config).stream().findAny().ifPresent(window -> {
            header.number(prefix + "attention.sliding_window", window);
            header.flags(
                    prefix + "attention.sliding_window_pattern",
                    config.attention().stream()
                            .map(layer -> layer.window().isPresent())
                            .toList());
        });
        Rope rope = scaled(config);
        header.real(prefix + "rope.freq_base", rope.theta());
        describe(rope.yarn(), prefix + "rope.scaling.", header);
    }

    private static void describe(Rope.@Nullable Yarn yarn, String prefix, GgufHeader header) {
        if (yarn == null) {
            // Without this key llama.cpp would take "linear", by a factor of 1.
            header.text(prefix + "type", "none");
            return;
        }
        header.text(prefix + "type", "yarn");
        header.real(prefix + "factor", yarn.factor());
        header.number(prefix + "original_context_length", yarn.originalPositions());
        header.real(prefix + "yarn_beta_fast", yarn.betaFast());
        header.real(prefix + "yarn_beta_slow", yarn.betaSlow());
        // llama.cpp multiplies by 0.1 ln(factor) + 1 in any case, and by this besides.
        header.real(prefix + "attn_factor", yarn.attentionFactor() / Rope.Yarn.attentionFactor(yarn.factor()));
    }

    /** The rotary positions of the layers with full attention, those of all layers if none has it. */
    private static Rope scaled(ModelConfig config) {
        return config.attention().stream()
                .filter(layer -> layer.window().isEmpty())
                .findFirst()
                .orElse(config.attention().get(0))
                .rope();
    }

    private static Set<Integer> windows(ModelConfig config) {
        Set<Integer> windows = new TreeSet<>();
        config.attention().stream()
                .map(LayerAttention::window)
                .filter(OptionalInt::isPresent)
                .forEach(window -> windows.add(window.getAsInt()));
        return windows;
    }

    private void refuseOtherAttention(ModelConfig config) {
        Set<Integer> windows = windows(config);
        if (this == QWEN3 && !windows.isEmpty()) {
            throw refusal("sliding windows in a Qwen3 model");
        }
        if (windows.size() > 1) {
            throw refusal("sliding windows of different sizes, here " + windows);
        }
        if (this == OLMO3 && config.headDimension() * config.attentionHeads() != config.hiddenSize()) {
            throw refusal("OLMo heads of head_dim " + config.headDimension() + ": " + config.attentionHeads()
                    + " of them are not hidden_size " + config.hiddenSize());
        }
        Rope full = scaled(config);
        Rope.Yarn yarn = full.yarn();
        if (yarn != null && !yarn.truncate()) {
            throw refusal("YaRN with truncate false");
        }
        List<Rope> sliding = config.attention().stream()
                .filter(layer -> layer.window().isPresent())
                .map(LayerAttention::rope)
                .toList();
        if (sliding.stream().anyMatch(rope -> rope.yarn() != null || rope.theta() != full.theta())
                || config.attention().stream()
                        .anyMatch(layer ->
                                layer.window().isEmpty() && !layer.rope().equals(full))) {
            throw refusal("rotary positions that differ from layer to layer, other than YaRN on full attention only");
        }
    }

    static ModelFormatException refusal(String what) {
        return new ModelFormatException(
                "llama.cpp, for which GGUF files are written, cannot compute this model: it has no " + what);
    }
}
