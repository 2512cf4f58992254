package dev.tempo.model.training;

/**
 * What one optimizer step measured, before its update.
 *
 * @param loss the loss that was minimised, rehearsal included
 * @param gradientNorm of all weights together, before clipping
 * @param clipFraction share of counted tokens whose loss is the clipped one
 * @param approxKl mean of log old - log new over counted tokens, in nats; 0 for a critic
 * @param entropy mean entropy of the policy's distribution over counted tokens, in nats; 0 for a critic
 * @param tokens counted tokens: those the loss is a mean of
 */
public record StepStats(
        double loss, double gradientNorm, double clipFraction, double approxKl, double entropy, long tokens) {}
