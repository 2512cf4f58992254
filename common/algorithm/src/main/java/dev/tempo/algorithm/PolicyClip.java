package dev.tempo.algorithm;

/** A clip of the ratio of new to old probability, which limits how far one update moves the policy. */
public sealed interface PolicyClip permits TokenClip, DualClip, SequenceClip {
    /**
     * The loss of a mini-batch.
     *
     * @param oldLogProbs log-probabilities of the response tokens before the first update, in nats, [response][token]
     * @param newLogProbs log-probabilities of the same tokens under the policy in training
     * @param advantages A_t of the same tokens
     * @param mask the tokens that the policy wrote
     * @throws IllegalArgumentException if the shapes differ, naming the row
     */
    PolicyLoss loss(double[][] oldLogProbs, double[][] newLogProbs, double[][] advantages, boolean[][] mask);

    private static void requireNotNegative(String name, double value) {
        if (!(value >= 0)) {
            throw new IllegalArgumentException(name + " must be at least 0, but was " + value);
        }
    }

    /**
     * Checks the bounds of a ratio's range [1 - low, 1 + high].
     *
     * @throws IllegalArgumentException if one of them is negative
     */
    static void requireRange(double low, double high) {
        requireNotNegative("the clip's low", low);
        requireNotNegative("the clip's high", high);
    }
}
