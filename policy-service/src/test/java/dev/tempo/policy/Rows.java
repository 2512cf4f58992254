package dev.tempo.policy;

import dev.tempo.algorithm.rounds.CounterRandom;
import dev.tempo.contract.EnvironmentMask;
import dev.tempo.contract.LogProbs;
import dev.tempo.contract.Purpose;
import dev.tempo.contract.RequestId;
import dev.tempo.contract.StopReason;
import dev.tempo.contract.TokenIds;
import dev.tempo.contract.Trajectory;
import dev.tempo.contract.TrajectoryId;
import dev.tempo.contract.ValuedTrajectory;
import dev.tempo.contract.Values;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.contract.recipe.RewardSource;
import dev.tempo.contract.recipe.Stage;
import java.util.ArrayList;
import java.util.List;

/** Hand-made valued trajectories. Tokens, values and rewards are a function of the id without the run. */
final class Rows {
    private Rows() {}

    static TrajectoryId id(String run, int round, Purpose purpose, String question, int sample) {
        return new RequestId(run, round, purpose, 0, question).sample(sample);
    }

    /** Every row of a round, in id order. */
    static List<ValuedTrajectory> ofRound(String run, Recipe recipe, int round) {
        Stage stage = recipe.stageOf(round);
        Purpose purpose = stage.reward() == RewardSource.VERDICT ? Purpose.LABELED : Purpose.UNLABELED;
        List<ValuedTrajectory> rows = new ArrayList<>();
        for (int question = 0; question < stage.questions(); question++) {
            for (int sample = 0; sample < stage.samples(); sample++) {
                rows.add(valued(id(run, round, purpose, "q" + question, sample)));
            }
        }
        return rows;
    }

    static ValuedTrajectory valued(TrajectoryId id) {
        Trajectory trajectory = trajectory(id, 4 + id.sample() % 3);
        float[] values = new float[trajectory.responseTokens().length() + 1];
        for (int t = 0; t < values.length; t++) {
            values[t] = (float) CounterRandom.uniform(key(id), 100 + t);
        }
        double reward = id.request().purpose() == Purpose.LABELED ? id.sample() % 2 : values[values.length - 1];
        return valued(trajectory, Values.of(values), reward);
    }

    static ValuedTrajectory valued(Trajectory trajectory, Values values, double reward) {
        return new ValuedTrajectory(trajectory, trajectory.id().request().round(), values, reward, null);
    }

    static ValuedTrajectory constant(TrajectoryId id, float value) {
        Trajectory trajectory = trajectory(id, 5);
        return valued(trajectory, Values.of(value, value, value, value, value, value), value);
    }

    static ValuedTrajectory failed(TrajectoryId id) {
        return new ValuedTrajectory(
                Trajectory.failed(id, "default", "x+1=2", "no worker"), 0, Values.of(), null, "no worker");
    }

    /** A row whose critic is off. */
    static ValuedTrajectory held(TrajectoryId id) {
        return new ValuedTrajectory(trajectory(id, 4), 0, Values.of(0, 0, 0, 0, 0), null, "the M-step is held");
    }

    static ValuedTrajectory undecided(TrajectoryId id) {
        return new ValuedTrajectory(trajectory(id, 4), 0, Values.of(), null, "undecided");
    }

    /** The second token is the environment's, the last one ends the response. */
    static Trajectory trajectory(TrajectoryId id, int tokens) {
        int[] response = new int[tokens];
        boolean[] environment = new boolean[tokens];
        float[] logProbs = new float[tokens];
        for (int t = 0; t < tokens; t++) {
            response[t] = t == tokens - 1 ? TinyModel.END : 11 + CounterRandom.below(key(id), t, 10);
            environment[t] = t == 1;
            logProbs[t] = -3;
        }
        return new Trajectory(
                id,
                "default",
                "x+1=2",
                "",
                TokenIds.of(1, 2, 12, 4, 13),
                TokenIds.of(response),
                EnvironmentMask.of(environment),
                LogProbs.of(logProbs),
                StopReason.END,
                null);
    }

    private static long key(TrajectoryId id) {
        RequestId request = id.request();
        return CounterRandom.key(7, request.round(), request.purpose(), request.question(), id.sample());
    }
}
