package dev.tempo.model.inference;

/**
 * A reader of a response while it is written. It is called in the thread that generates, so it must be brief; a response whose
 * reader throws is given up, and no other.
 */
public interface TokenReader {
    /** The most of the most probable tokens that a reader may see beside each one written. */
    int MOST_ALTERNATIVES = 20;

    /** The number of most probable tokens that it wants to see beside each one written; from 0 to {@value #MOST_ALTERNATIVES}. */
    int alternatives();

    /**
     * A token is written.
     *
     * @param logProb of the token in nats, at temperature 1 over the full vocabulary
     * @param likeliest ids of the most probable tokens, the most probable first: as many as were wanted, or the vocabulary
     * @param theirLogProbs in nats, as {@code logProb}
     */
    void wrote(int id, float logProb, int[] likeliest, float[] theirLogProbs);
}
