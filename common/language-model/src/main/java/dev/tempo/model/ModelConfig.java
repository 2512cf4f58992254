package dev.tempo.model;

import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;

/**
 * The shape of a model, as its config.json states it.
 *
 * @param modelType the family, Hugging Face's {@code model_type}: "qwen3" or "olmo3"
 * @param headDimension entries of one attention head; need not be hiddenSize / attentionHeads
 * @param attention the attention of each layer, one entry per layer
 * @param tiedEmbeddings whether the output head is the embedding
 * @param maxPositions the longest sequence in tokens; where YaRN stretches positions to more than that, the stretched number
 * @param padTokenId the id that is never sampled, where the config names one
 * @param endTokenIds the ids that end a response, at least one
 */
public record ModelConfig(
        String modelType,
        int hiddenSize,
        int layers,
        int attentionHeads,
        int keyValueHeads,
        int headDimension,
        int intermediateSize,
        double normEpsilon,
        List<LayerAttention> attention,
        boolean tiedEmbeddings,
        int vocabularySize,
        int maxPositions,
        OptionalInt padTokenId,
        List<Integer> endTokenIds) {

    public ModelConfig {
        attention = List.copyOf(attention);
        endTokenIds = List.copyOf(endTokenIds);
        Architecture.of(modelType);
        positive("hidden_size", hiddenSize);
        positive("num_hidden_layers", layers);
        positive("num_attention_heads", attentionHeads);
        positive("num_key_value_heads", keyValueHeads);
        positive("head_dim", headDimension);
        positive("intermediate_size", intermediateSize);
        positive("vocab_size", vocabularySize);
        positive("max_position_embeddings", maxPositions);
        if (attention.size() != layers) {
            throw new IllegalArgumentException(
                    "layer_types has " + attention.size() + " entries for num_hidden_layers " + layers);
        }
        if (attentionHeads % keyValueHeads != 0) {
            throw new IllegalArgumentException("num_attention_heads " + attentionHeads
                    + " is no multiple of num_key_value_heads " + keyValueHeads);
        }
        if (headDimension % 2 != 0) {
            throw new IllegalArgumentException("head_dim must be even for rotary positions, but is " + headDimension);
        }
        if (!(normEpsilon > 0)) {
            throw new IllegalArgumentException("rms_norm_eps must be above 0, but is " + normEpsilon);
        }
        if (endTokenIds.isEmpty()) {
            throw new IllegalArgumentException("eos_token_id must name at least one id");
        }
        for (int id : endTokenIds) {
            inVocabulary("eos_token_id", id, vocabularySize);
        }
        if (padTokenId.isPresent()) {
            inVocabulary("pad_token_id", padTokenId.getAsInt(), vocabularySize);
        }
    }

    /** A config with full attention and rotary positions that are not scaled, the same in every layer. */
    public ModelConfig(
            String modelType,
            int hiddenSize,
            int layers,
            int attentionHeads,
            int keyValueHeads,
            int headDimension,
            int intermediateSize,
            double normEpsilon,
            double ropeTheta,
            boolean tiedEmbeddings,
            int vocabularySize,
            int maxPositions,
            OptionalInt padTokenId,
            List<Integer> endTokenIds) {
        this(
                modelType,
                hiddenSize,
                layers,
                attentionHeads,
                keyValueHeads,
                headDimension,
                intermediateSize,
                normEpsilon,
                Collections.nCopies(Math.max(0, layers), LayerAttention.full(Rope.plain(ropeTheta))),
                tiedEmbeddings,
                vocabularySize,
                maxPositions,
                padTokenId,
                endTokenIds);
    }

    /**
     * The number of the policy's weights, with tied ones counted once.
     *
     * @throws ArithmeticException if they are more than a long holds
     */
    public long parameters() {
        return ModelLayout.weights(this, Head.VOCABULARY);
    }

    /** The distinct kinds of attention among the layers, in order of first use. */
    public List<LayerAttention> attentionKinds() {
        return attention.stream().distinct().toList();
    }

    private static void positive(String field, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(field + " must be at least 1, but is " + value);
        }
    }

    private static void inVocabulary(String field, int id, int vocabularySize) {
        if (id < 0 || id >= vocabularySize) {
            throw new IllegalArgumentException(
                    field + " " + id + " lies outside the vocabulary of " + vocabularySize + " ids");
        }
    }
}
