package dev.tempo.contract;

import dev.tempo.plugin.Verdict;

/** A trajectory with its verdict. Only votes on unlabeled questions have rewards outside of [0, 1]. */
public record JudgedTrajectory(Trajectory trajectory, Verdict verdict) {

    public JudgedTrajectory {
        Double reward = verdict.reward();
        Purpose purpose = trajectory.id().request().purpose();
        if (reward != null && purpose != Purpose.UNLABELED && !(reward >= 0 && reward <= 1)) {
            throw new IllegalArgumentException("reward of " + trajectory.id() + " must lie in [0, 1] but is " + reward);
        }
    }
}
