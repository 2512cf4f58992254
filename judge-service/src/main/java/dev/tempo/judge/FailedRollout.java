package dev.tempo.judge;

import dev.tempo.contract.Trajectory;
import dev.tempo.plugin.Verdict;
import java.util.Objects;

/** There is nothing to judge in a trajectory that could not be generated, yet its id must end this stage too. */
final class FailedRollout {
    private FailedRollout() {}

    static Verdict verdict(Trajectory trajectory) {
        return Verdict.undecided("none", "none", "rollout", Objects.requireNonNullElse(trajectory.failure(), "failed"));
    }
}
