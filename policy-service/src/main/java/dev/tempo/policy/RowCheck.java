package dev.tempo.policy;

import dev.tempo.contract.TrajectoryId;
import dev.tempo.contract.ValuedTrajectory;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.messaging.letters.RefusedException;
import dev.tempo.model.training.PolicyTrainer;
import dev.tempo.runs.AskedTrajectories;
import org.jspecify.annotations.Nullable;

/**
 * The check of rows on their way to a policy: what its recipe does not ask for, or its model cannot have written, is never
 * learned from.
 */
record RowCheck(Recipe recipe, PolicyTrainer trainer) {

    /** @throws RefusedException naming the row and what is wrong with it */
    void refuseMisplaced(ValuedTrajectory row) {
        TrajectoryId id = row.trajectory().id();
        String refusal = AskedTrajectories.refusal(recipe, id);
        if (refusal == null && row.criticVersion() != id.request().round()) {
            refusal = id + " is valued by critic version " + row.criticVersion() + " and not by that of its round";
        }
        if (refusal == null
                && row.carriesGradient()
                && row.values().length() == 0
                && !recipe.stageOf(id.request().round()).votes()) {
            refusal = id + " has a reward and no values";
        }
        if (refusal == null && row.carriesGradient()) {
            refusal = misfit(row);
        }
        if (refusal != null) {
            throw new RefusedException(refusal);
        }
    }

    private @Nullable String misfit(ValuedTrajectory row) {
        try {
            trainer.check(RefinementBatch.sequence(row.trajectory()));
            return null;
        } catch (IllegalArgumentException foreign) {
            return row.trajectory().id() + " is none of this policy's: " + foreign.getMessage();
        }
    }
}
