package dev.tempo.model.inference;

import dev.tempo.model.ModelConfig;
import dev.tempo.model.WeightType;
import dev.tempo.model.forward.Buckets;

/** The memory in bytes that generation takes beside a policy's weights. */
public final class GenerationMemory {
    /**
     * The number of float64 copies of the logits while tokens are drawn: tempered logits, probabilities, their sums and
     * logarithms.
     */
    private static final int DRAWN_COPIES = 4;

    private GenerationMemory() {}

    /** The bytes of one token's keys and values in all layers. */
    public static long cachedBytes(ModelConfig config, WeightType type) {
        return config.keyValueHeads() * Decoder.cellBytes(config, type);
    }

    /**
     * The bytes of all keys and values.
     *
     * @param rows the number of sequences that are generated side by side
     * @param longest the tokens of the longest one
     */
    public static long cache(ModelConfig config, WeightType type, int rows, int longest) {
        return rows * (long) Buckets.capacity(longest) * cachedBytes(config, type);
    }

    /**
     * The bytes of intermediate results: those of a pass over prompts, with the MLP's inner numbers of one layer, or those
     * of the probabilities that tokens are drawn by, whichever are more.
     *
     * @param rows the number of sequences that are generated side by side
     * @param longest the tokens of the longest one
     */
    public static long activations(ModelConfig config, WeightType type, int rows, int longest) {
        long queries = (long) config.attentionHeads() * config.headDimension();
        long keys = (long) config.keyValueHeads() * config.headDimension();
        long tokens = Math.max(Decoder.TOKENS, rows);
        long numbers = 4L * config.hiddenSize() + 3L * config.intermediateSize() + 2 * queries + 2 * keys;
        long masks = Math.min(Decoder.MASKS, tokens * longest * config.attentionHeads() / config.keyValueHeads());
        long drawn = Math.min(rows, Math.max(1, TokenSampler.LOGITS / config.vocabularySize()));
        long probabilities = DRAWN_COPIES * drawn * config.vocabularySize() * Double.BYTES;
        return Math.max(type.bytes() * tokens * numbers + Float.BYTES * masks, probabilities);
    }
}
