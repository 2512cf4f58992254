package dev.tempo.model;

/** How losses of tokens become one number. Sequences without a counted token are left out. */
public enum LossAggregation {
    /** The mean over all counted tokens of the mini-batch. */
    TOKEN_MEAN,
    /** The mean over sequences of each one's mean over its counted tokens. */
    SEQUENCE_MEAN_TOKEN_MEAN
}
