package dev.tempo.contract.recipe;

import dev.tempo.contract.Check;

/**
 * How the critic is fitted.
 *
 * @param miniBatch trajectories per update
 * @param epochs passes over a round's labeled batch
 * @param clip of the mean value's shift, for the clipped loss
 */
public record CriticTraining(
        double learningRate,
        double beta1,
        double beta2,
        double weightDecay,
        double gradientClip,
        int miniBatch,
        int epochs,
        ValueLossKind loss,
        double clip,
        CriticLabel label) {
    public CriticTraining {
        Check.positive("critic.learningRate", learningRate);
        Check.positive("critic.gradientClip", gradientClip);
        Check.positive("critic.miniBatch", miniBatch);
        Check.positive("critic.epochs", epochs);
        Check.positive("critic.clip", clip);
        Check.atLeast("critic.weightDecay", 0, weightDecay);
    }
}
