package dev.tempo.model;

/** The last part of a transformer, which makes its results of the final hidden states. */
public enum Head {
    /** A logit for every vocabulary entry at every position: the head of a policy. */
    VOCABULARY,
    /** One number at every position, the value: the head of a critic. */
    VALUE
}
