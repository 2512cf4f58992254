package dev.tempo.contract;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.jspecify.annotations.Nullable;

/**
 * A trajectory ready for the M-step: its values and its reward, or the reason why it carries no gradient.
 *
 * @param criticVersion the critic version of the trajectory's round, whose values these are
 * @param values n + 1 entries for n response tokens; empty where the reward is a vote or there is no trajectory
 * @param reward R: the critic's V_n, the verdict, or the vote; null when there is none
 * @param missing why there is no reward (a failed rollout, an undecided verdict), else null
 */
public record ValuedTrajectory(
        Trajectory trajectory,
        int criticVersion,
        Values values,
        @Nullable Double reward,
        @Nullable String missing) {

    public ValuedTrajectory {
        if (values.length() != 0) {
            Check.sameLength(
                    "values",
                    values.length(),
                    "responseTokens plus one",
                    trajectory.responseTokens().length() + 1);
        }
        if ((reward == null) == (missing == null)) {
            throw new IllegalArgumentException(
                    "either a reward or the reason why it is missing, here " + reward + " with " + missing);
        }
        if (reward != null && !Float.isFinite(reward.floatValue())) {
            throw new IllegalArgumentException(
                    "reward of " + trajectory.id() + " is " + reward + ", which is no finite number in float32");
        }
    }

    /** Whether the policy may learn from this trajectory. */
    @JsonIgnore
    public boolean carriesGradient() {
        return reward != null && trajectory.responseTokens().length() > 0;
    }
}
