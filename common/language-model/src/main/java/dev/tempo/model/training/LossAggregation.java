package dev.tempo.model.training;

/** How losses of tokens become one number. Sequences without a counted token are left out. */
public enum LossAggregation {
    /** The mean over all counted tokens of the mini-batch. */
    TOKEN_MEAN,
    /** The mean over sequences of each one's mean over its counted tokens. */
    SEQUENCE_MEAN_TOKEN_MEAN,
    /** The mean over sequences of each one's sum over its counted tokens. */
    SEQUENCE_MEAN_TOKEN_SUM;

    /**
     * What one token's loss is multiplied by.
     *
     * @param tokens counted in the mini-batch
     * @param sequences with a counted token
     * @param own counted tokens of the token's own sequence
     */
    double weight(long tokens, long sequences, long own) {
        return switch (this) {
            case TOKEN_MEAN -> 1.0 / tokens;
            case SEQUENCE_MEAN_TOKEN_MEAN -> 1.0 / ((double) sequences * own);
            case SEQUENCE_MEAN_TOKEN_SUM -> 1.0 / sequences;
        };
    }
}
