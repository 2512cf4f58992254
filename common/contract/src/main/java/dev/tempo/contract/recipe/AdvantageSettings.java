package dev.tempo.contract.recipe;

/**
 * The settings by which rewards and values become advantages.
 *
 * @param baseline what is subtracted from the reward
 * @param whitening whether advantages are whitened over the policy's own tokens of the batch
 */
public record AdvantageSettings(Baseline baseline, boolean whitening) {}
