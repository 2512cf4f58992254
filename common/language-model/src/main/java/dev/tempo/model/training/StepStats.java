package dev.tempo.model.training;

/**
 * The measurements of one optimizer step, taken before its update.
 *
 * @param loss the loss that was minimised, rehearsal included
 * @param gradientNorm the norm of the gradient of all weights together, before clipping
 * @param clipFraction share of counted tokens whose loss is the clipped one
 * @param approxKl mean of log old - log new over counted tokens, in nats; 0 for a critic
 * @param entropy mean entropy of the policy's distribution over counted tokens, in nats; 0 for a critic
 * @param tokens the number of counted tokens, those over which the loss is a mean
 */
public record StepStats(
        double loss, double gradientNorm, double clipFraction, double approxKl, double entropy, long tokens) {}
