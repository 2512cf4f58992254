package dev.tempo.contract.recipe;

import dev.tempo.contract.Check;

/**
 * The optimizer of a trainer: AdamW with decoupled weight decay (Loshchilov and Hutter, 2019) and epsilon 1e-8, after the gradient
 * of all weights together is scaled down to a norm of at most {@code gradientClip}.
 *
 * @param learningRate step size, 0 or more
 * @param beta1 decay of the mean gradient, in [0, 1)
 * @param beta2 decay of the mean squared gradient, in [0, 1)
 * @param weightDecay how fast weights shrink by themselves, 0 or more
 * @param gradientClip bound on the global gradient norm, above 0
 */
public record Optimizer(double learningRate, double beta1, double beta2, double weightDecay, double gradientClip) {
    public Optimizer {
        Check.atLeast("learningRate", 0, learningRate);
        decay("beta1", beta1);
        decay("beta2", beta2);
        Check.atLeast("weightDecay", 0, weightDecay);
        Check.positive("gradientClip", gradientClip);
    }

    /** Betas .9 and .95, no weight decay, gradient norm clipped to 1. */
    public static Optimizer of(double learningRate) {
        return new Optimizer(learningRate, .9, .95, 0, 1);
    }

    public Optimizer withLearningRate(double changed) {
        return new Optimizer(changed, beta1, beta2, weightDecay, gradientClip);
    }

    private static void decay(String field, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException(field + " must be in [0, 1), but is " + value);
        }
    }
}
