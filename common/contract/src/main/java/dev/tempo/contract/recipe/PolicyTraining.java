package dev.tempo.contract.recipe;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.tempo.contract.Check;

/**
 * The settings of the policy's training, the M-step.
 *
 * @param optimizer its settings stand beside the others in messages
 * @param miniBatch trajectories per update
 * @param epochs passes over a round's batch
 * @param clipLow ratios below 1 - clipLow are clipped
 * @param clipHigh ratios above 1 + clipHigh are clipped
 * @param rehearsal weight of the rehearsal (PTX) loss, 0 for none
 * @param rehearsalBatch rehearsal traces per mini-batch
 * @param labeledRows whether the E-step's judged rows train the policy too (released code), with the verdict as reward
 * @param groupFilter whether labeled groups of zero reward variance are left out
 */
public record PolicyTraining(
        @JsonUnwrapped Optimizer optimizer,
        int miniBatch,
        int epochs,
        PolicyLossKind loss,
        Aggregation aggregation,
        double clipLow,
        double clipHigh,
        double rehearsal,
        int rehearsalBatch,
        boolean labeledRows,
        boolean groupFilter) {
    public PolicyTraining {
        Check.positive("learningRate", optimizer.learningRate());
        Check.positive("miniBatch", miniBatch);
        Check.positive("epochs", epochs);
        Check.positive("clip (low)", clipLow);
        Check.positive("clip (high)", clipHigh);
        Check.atLeast("rehearsal", 0, rehearsal);
        Check.positive("rehearsalBatch", rehearsalBatch);
    }
}
