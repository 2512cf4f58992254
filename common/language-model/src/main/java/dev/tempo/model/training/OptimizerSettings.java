package dev.tempo.model.training;

/**
 * Settings of AdamW with decoupled weight decay (Loshchilov and Hutter, arXiv 1711.05101) and epsilon 1e-8. Before each
 * update the gradient of all weights together is scaled down to a norm of at most {@code gradientClip}.
 */
public record OptimizerSettings(
        double learningRate, double beta1, double beta2, double weightDecay, double gradientClip) {
    public OptimizerSettings {
        if (!(learningRate >= 0) || Double.isInfinite(learningRate)) {
            throw new IllegalArgumentException("learningRate must be a number of at least 0, but is " + learningRate);
        }
        if (!(beta1 >= 0 && beta1 < 1)) {
            throw new IllegalArgumentException("beta1 must be in [0, 1), but is " + beta1);
        }
        if (!(beta2 >= 0 && beta2 < 1)) {
            throw new IllegalArgumentException("beta2 must be in [0, 1), but is " + beta2);
        }
        if (!(weightDecay >= 0) || Double.isInfinite(weightDecay)) {
            throw new IllegalArgumentException("weightDecay must be a number of at least 0, but is " + weightDecay);
        }
        if (!(gradientClip > 0)) {
            throw new IllegalArgumentException("gradientClip must be above 0, but is " + gradientClip);
        }
    }

    /** Settings with betas .9 and .95, no weight decay and the gradient's norm clipped to 1. */
    public static OptimizerSettings of(double learningRate) {
        return new OptimizerSettings(learningRate, .9, .95, 0, 1);
    }

    OptimizerSettings withLearningRate(double changed) {
        return new OptimizerSettings(changed, beta1, beta2, weightDecay, gradientClip);
    }
}
