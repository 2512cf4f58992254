package dev.tempo.serving.learning;

/**
 * What is said about learning from one chat, and by whom.
 *
 * @param asker what its request says
 * @param key what the operator says of its API key
 * @param source who asks, for caps on what one source may send; tells nothing of the key
 */
public record LearningWish(Consent asker, Consent key, String source) {}
