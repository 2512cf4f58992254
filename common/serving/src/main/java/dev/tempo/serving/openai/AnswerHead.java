package dev.tempo.serving.openai;

/**
 * What every part of an answer says of the whole.
 *
 * @param id of the answer
 * @param created seconds since 1970
 * @param model the version that writes it, by the name that means it and no other
 * @param fingerprint of its weights
 */
public record AnswerHead(String id, long created, String model, String fingerprint) {}
