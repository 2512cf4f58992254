package dev.tempo.model;

/** What a transformer ends in. */
public enum Head {
    /** A logit per vocabulary entry: a policy. */
    VOCABULARY,
    /** One number: a critic. */
    VALUE
}
