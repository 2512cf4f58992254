package dev.tempo.model.training;

import dev.tempo.contract.recipe.Optimizer;

/**
 * Settings of the supervised training of a base model: the learning rate rises linearly over {@code warmUpSteps} and then
 * follows a cosine from {@code peakLearningRate} down to {@code finalShare} of it.
 */
public record PretrainingSettings(
        int steps,
        int batch,
        double peakLearningRate,
        int warmUpSteps,
        double finalShare,
        double beta1,
        double beta2,
        double weightDecay,
        double gradientClip) {
    public PretrainingSettings {
        if (steps < 1) {
            throw new IllegalArgumentException("steps must be at least 1, but is " + steps);
        }
        if (batch < 1) {
            throw new IllegalArgumentException("batch must be at least 1, but is " + batch);
        }
        if (warmUpSteps < 0) {
            throw new IllegalArgumentException("warmUpSteps must be at least 0, but is " + warmUpSteps);
        }
        if (!(finalShare >= 0 && finalShare <= 1)) {
            throw new IllegalArgumentException("finalShare must be in [0, 1], but is " + finalShare);
        }
    }

    /** The settings with which the quickstart's base models are trained. */
    public static PretrainingSettings quickstart() {
        return new PretrainingSettings(1300, 128, 3e-3, 100, .02, .9, .95, .01, 1);
    }

    Optimizer optimizer() {
        return new Optimizer(peakLearningRate, beta1, beta2, weightDecay, gradientClip);
    }

    /** The learning rate of a step, counted from 0. */
    double learningRate(int step) {
        double warmUp = warmUpSteps == 0 ? 1 : Math.min(1, (step + 1.0) / warmUpSteps);
        double cosine = 0.5 * (1 + StrictMath.cos(Math.PI * step / steps));
        return peakLearningRate * warmUp * (finalShare + (1 - finalShare) * cosine);
    }
}
