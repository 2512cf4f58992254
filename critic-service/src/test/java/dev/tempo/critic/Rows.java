package dev.tempo.critic;

import dev.tempo.algorithm.rounds.CounterRandom;
import dev.tempo.contract.EnvironmentMask;
import dev.tempo.contract.JudgedTrajectory;
import dev.tempo.contract.LogProbs;
import dev.tempo.contract.RequestId;
import dev.tempo.contract.RolloutRequest;
import dev.tempo.contract.StopReason;
import dev.tempo.contract.TokenIds;
import dev.tempo.contract.Trajectory;
import dev.tempo.contract.TrajectoryId;
import dev.tempo.plugin.Outcome;
import dev.tempo.plugin.Verdict;
import java.util.ArrayList;
import java.util.List;

/** Trajectories and verdicts that depend on their id alone, and not on the run's. */
final class Rows {
    private Rows() {}

    static Trajectory trajectory(TrajectoryId id) {
        RequestId request = id.request();
        long key = CounterRandom.key(
                1, request.round(), request.purpose().word(), request.step(), request.question(), id.sample());
        int length = 2 + CounterRandom.below(key, 0, 4);
        int[] tokens = new int[length];
        for (int t = 0; t < length; t++) {
            tokens[t] = 1 + CounterRandom.below(key, t + 1, 20);
        }
        return new Trajectory(
                id,
                "default",
                "x*2=1",
                "a response",
                TokenIds.of(1, 3, 13, 4, 12),
                TokenIds.of(tokens),
                EnvironmentMask.of(new boolean[length]),
                LogProbs.of(new float[length]),
                StopReason.END,
                null);
    }

    static JudgedTrajectory judged(TrajectoryId id) {
        Trajectory trajectory = trajectory(id);
        boolean correct = trajectory.responseTokens().get(0) % 2 == 0;
        return judged(trajectory, correct ? Outcome.CORRECT : Outcome.WRONG);
    }

    static JudgedTrajectory judged(Trajectory trajectory, Outcome outcome) {
        Double reward = outcome == Outcome.UNDECIDED ? null : outcome == Outcome.CORRECT ? 1.0 : 0.0;
        return new JudgedTrajectory(
                trajectory, new Verdict(outcome, reward, null, null, "rule", "1", "rule", "no answer key", null, 0.1));
    }

    /** Every sample of the requests. */
    static List<TrajectoryId> samples(List<RolloutRequest> requests) {
        List<TrajectoryId> ids = new ArrayList<>();
        for (RolloutRequest request : requests) {
            for (int sample = 0; sample < request.samples(); sample++) {
                ids.add(request.id().sample(sample));
            }
        }
        return ids;
    }
}
