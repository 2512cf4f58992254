package dev.tempo.algorithm;

/** How far one update may move the policy: the ways to clip the ratio of new to old probability. */
public sealed interface PolicyClip permits TokenClip, DualClip, SequenceClip {
    /**
     * The loss of a mini-batch.
     *
     * @param oldLogProbs of the response tokens, computed before the first update: rows of tokens
     * @param newLogProbs of the same tokens under the policy being trained
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

    /** Checks the range [1 - low, 1 + high] of a ratio. */
    static void requireRange(double low, double high) {
        requireNotNegative("the clip's low", low);
        requireNotNegative("the clip's high", high);
    }
}
