package dev.tempo.contract.recipe;

/**
 * How rewards and values become advantages.
 *
 * @param whitening whether advantages are whitened over the policy's own tokens of the batch
 */
public record AdvantageSettings(Baseline baseline, boolean whitening) {}
