package dev.tempo.contract.recipe;

import dev.tempo.contract.Check;

/**
 * The settings of the critic's training.
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
        Check.positive("learningRate", learningRate);
        Check.positive("gradientClip", gradientClip);
        Check.positive("miniBatch", miniBatch);
        Check.positive("epochs", epochs);
        Check.positive("clip", clip);
        Check.atLeast("weightDecay", 0, weightDecay);
    }
}
