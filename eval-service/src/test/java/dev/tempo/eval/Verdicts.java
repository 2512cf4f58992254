package dev.tempo.eval;

import dev.tempo.contract.EnvironmentMask;
import dev.tempo.contract.JudgedTrajectory;
import dev.tempo.contract.LogProbs;
import dev.tempo.contract.StopReason;
import dev.tempo.contract.TokenIds;
import dev.tempo.contract.Trajectory;
import dev.tempo.contract.TrajectoryId;
import dev.tempo.contract.ValuedTrajectory;
import dev.tempo.contract.Values;
import dev.tempo.plugin.Outcome;
import dev.tempo.plugin.Verdict;
import org.jspecify.annotations.Nullable;

/** Judged and valued trajectories for tests. */
public final class Verdicts {
    private Verdicts() {}

    public static JudgedTrajectory correct(TrajectoryId id, String answer) {
        return judged(id, Outcome.CORRECT, 1.0, answer, true);
    }

    public static JudgedTrajectory wrong(TrajectoryId id, @Nullable String answer, boolean claimsCorrect) {
        return judged(id, Outcome.WRONG, 0.0, answer, claimsCorrect);
    }

    public static JudgedTrajectory undecided(TrajectoryId id) {
        return judged(id, Outcome.UNDECIDED, null, null, null);
    }

    public static JudgedTrajectory failed(TrajectoryId id) {
        return new JudgedTrajectory(
                Trajectory.failed(id, "default", "question", "out of memory"),
                undecided(id).verdict());
    }

    public static ValuedTrajectory valued(TrajectoryId id, float last) {
        return new ValuedTrajectory(trajectory(id), id.request().round(), Values.of(0.5f, last), (double) last, null);
    }

    public static ValuedTrajectory unvalued(TrajectoryId id) {
        return new ValuedTrajectory(
                Trajectory.failed(id, "default", "question", "out of memory"),
                id.request().round(),
                Values.of(),
                null,
                "out of memory");
    }

    private static JudgedTrajectory judged(
            TrajectoryId id,
            Outcome outcome,
            @Nullable Double reward,
            @Nullable String answer,
            @Nullable Boolean claims) {
        return new JudgedTrajectory(
                trajectory(id),
                new Verdict(outcome, reward, answer, claims, "exact-match", "1", "exact", "test", null, 0.0));
    }

    /** A response that is wrong, word by word. */
    public static JudgedTrajectory saying(TrajectoryId id, String response) {
        return new JudgedTrajectory(
                trajectory(id, response), wrong(id, null, false).verdict());
    }

    private static Trajectory trajectory(TrajectoryId id) {
        return trajectory(id, "7");
    }

    private static Trajectory trajectory(TrajectoryId id, String response) {
        return new Trajectory(
                id,
                "default",
                "question",
                response,
                TokenIds.of(1),
                TokenIds.of(7),
                EnvironmentMask.of(false),
                LogProbs.of(-0.5f),
                StopReason.END,
                null);
    }
}
