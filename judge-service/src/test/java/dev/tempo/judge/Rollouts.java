package dev.tempo.judge;

import dev.tempo.contract.EnvironmentMask;
import dev.tempo.contract.LogProbs;
import dev.tempo.contract.Purpose;
import dev.tempo.contract.RequestId;
import dev.tempo.contract.StopReason;
import dev.tempo.contract.TokenIds;
import dev.tempo.contract.Trajectory;
import dev.tempo.contract.TrajectoryId;

/** Trajectories for tests. */
public final class Rollouts {
    private Rollouts() {}

    public static RequestId labeled(String run, String question) {
        return new RequestId(run, 0, Purpose.LABELED, 0, question);
    }

    public static RequestId unlabeled(String run, int round, String question) {
        return new RequestId(run, round, Purpose.UNLABELED, 0, question);
    }

    /** A response that the model ended itself. */
    public static Trajectory ended(TrajectoryId id, String response) {
        return trajectory(id, response, StopReason.END);
    }

    public static Trajectory cutOff(TrajectoryId id, String response) {
        return trajectory(id, response, StopReason.LENGTH);
    }

    /** A well-formed response of one block whose answer is the given number. */
    public static Trajectory answering(TrajectoryId id, String number) {
        return ended(id, "34" + number + "*36+42=2N");
    }

    private static Trajectory trajectory(TrajectoryId id, String response, StopReason stop) {
        return new Trajectory(
                id,
                "default",
                "x*3+4=2",
                response,
                TokenIds.of(1),
                TokenIds.of(7),
                EnvironmentMask.of(false),
                LogProbs.of(-0.5f),
                stop,
                null);
    }
}
