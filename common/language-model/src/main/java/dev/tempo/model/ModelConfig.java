package dev.tempo.model;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/**
 * The shape of a model, as its config.json states it.
 *
 * @param modelType the family, Hugging Face's {@code model_type}: "qwen3"
 * @param headDimension of one attention head; need not be hiddenSize / attentionHeads
 * @param tiedEmbeddings whether the output head is the embedding
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
        double ropeTheta,
        boolean tiedEmbeddings,
        int vocabularySize,
        int maxPositions,
        OptionalInt padTokenId,
        List<Integer> endTokenIds) {

    public ModelConfig {
        endTokenIds = List.copyOf(endTokenIds);
        positive("hidden_size", hiddenSize);
        positive("num_hidden_layers", layers);
        positive("num_attention_heads", attentionHeads);
        positive("num_key_value_heads", keyValueHeads);
        positive("head_dim", headDimension);
        positive("intermediate_size", intermediateSize);
        positive("vocab_size", vocabularySize);
        positive("max_position_embeddings", maxPositions);
        if (!modelType.equals("qwen3")) {
            throw new IllegalArgumentException("model_type '" + modelType + "' is not supported; supported: qwen3");
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
        if (!(ropeTheta > 0)) {
            throw new IllegalArgumentException("rope_theta must be above 0, but is " + ropeTheta);
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

    /**
     * Reads a config.json; where a generation_config.json lies beside it, its {@code eos_token_id} wins.
     *
     * @throws ModelFormatException naming file and field, if a field is missing, wrong or asks for what is not supported
     */
    public static ModelConfig read(Path configJson) {
        return ConfigFile.read(configJson);
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
