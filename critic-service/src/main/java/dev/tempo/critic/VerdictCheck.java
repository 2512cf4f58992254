package dev.tempo.critic;

import dev.tempo.contract.JudgedTrajectory;
import dev.tempo.contract.Purpose;
import dev.tempo.contract.TrajectoryId;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.messaging.letters.RefusedException;
import dev.tempo.runs.AskedTrajectories;

/** The check of judged trajectories on their way to a critic: what nobody can have asked for is never learned from. */
record VerdictCheck(Recipe recipe, LabeledRollouts rollouts) {

    /** @throws RefusedException naming the trajectory and what is wrong with it */
    void refuseMisplaced(JudgedTrajectory judged) {
        TrajectoryId id = judged.trajectory().id();
        Purpose purpose = id.request().purpose();
        String refusal = purpose == Purpose.LABELED || purpose == Purpose.WARM_UP
                ? AskedTrajectories.refusal(recipe, id)
                : id + " belongs to another topic";
        if (refusal == null && rollouts.isForeign(id)) {
            refusal = id + " is of no question that was asked";
        }
        Double reward = judged.verdict().reward();
        if (refusal == null && reward != null && (reward < 0 || reward > 1)) {
            refusal = id + " has the reward " + reward + ", which only a vote on an unlabeled question may have";
        }
        if (refusal != null) {
            throw new RefusedException(refusal);
        }
    }
}
