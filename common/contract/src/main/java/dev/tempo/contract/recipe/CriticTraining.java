package dev.tempo.contract.recipe;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.tempo.contract.Check;

/**
 * The settings of the critic's training.
 *
 * @param optimizer its settings stand beside the others in messages
 * @param miniBatch trajectories per update
 * @param epochs passes over a round's labeled batch
 * @param clip of the mean value's shift, for the clipped loss
 */
public record CriticTraining(
        @JsonUnwrapped Optimizer optimizer,
        int miniBatch,
        int epochs,
        ValueLossKind loss,
        double clip,
        CriticLabel label) {
    public CriticTraining {
        Check.positive("learningRate", optimizer.learningRate());
        Check.positive("miniBatch", miniBatch);
        Check.positive("epochs", epochs);
        Check.positive("clip", clip);
    }
}
