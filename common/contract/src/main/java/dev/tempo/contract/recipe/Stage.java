package dev.tempo.contract.recipe;

import dev.tempo.contract.Check;
import dev.tempo.contract.Purpose;
import org.jspecify.annotations.Nullable;

/**
 * A stage: a part of a run with one source of rewards. Each stage starts with fresh optimizers.
 *
 * @param rounds policy updates; {@link #UNBOUNDED} for a stage that goes on until somebody finishes the run
 * @param questions drawn per round
 * @param samples trajectories per question
 * @param criticWarmUp batches the critic is fitted on before the stage's first round (first stage only)
 * @param recalibration the E-step; null where the reward is not the critic
 * @param lastValues of how many of the critic's last values the reward is the least; null for the very last one, and where the
 *     reward is not the critic
 */
public record Stage(
        String name,
        int rounds,
        QuestionSource questionsFrom,
        int questions,
        int samples,
        RewardSource reward,
        int criticWarmUp,
        @Nullable RecalibrationSettings recalibration,
        AdvantageSettings advantage,
        PolicyTraining policy,
        CriticTraining critic,
        @Nullable Integer lastValues) {
    /** The rounds of a stage that has no end of its own; no run comes to so many. */
    public static final int UNBOUNDED = 1_000_000_000;

    public Stage {
        Check.name("name", name);
        Check.positive("rounds", rounds);
        Check.trajectories(questions, samples);
        Check.notNegative("criticWarmUp", criticWarmUp);
        boolean labeled = questionsFrom != QuestionSource.UNLABELED;
        if ((reward == RewardSource.VERDICT) != labeled) {
            throw new IllegalArgumentException(
                    "reward: verdicts need labeled questions, every other reward is for unlabeled"
                            + " ones; change reward or questionsFrom");
        }
        if (reward == RewardSource.CRITIC && recalibration == null) {
            throw new IllegalArgumentException(
                    "recalibration: is missing; a stage whose reward is the critic's says when that is fitted anew (write"
                            + " 'never' to freeze it)");
        }
        if (reward != RewardSource.CRITIC && recalibration != null) {
            throw new IllegalArgumentException("recalibration: belongs to reward 'critic'; leave it out");
        }
        boolean criticBaseline = advantage.baseline() == Baseline.BEFORE || advantage.baseline() == Baseline.AFTER;
        if (reward.votes() && criticBaseline) {
            throw new IllegalArgumentException(
                    "advantage.baseline: votes have no critic values; use 'group' or 'none'");
        }
        if (reward == RewardSource.GUARDED_VOTE && advantage.baseline() != Baseline.NONE) {
            throw new IllegalArgumentException(
                    "advantage.baseline: rewards of 'guarded-vote' are advantages within the group already; use"
                            + " 'none'");
        }
        if (lastValues != null) {
            Check.positive("lastValues", lastValues);
            if (reward != RewardSource.CRITIC) {
                throw new IllegalArgumentException("lastValues: belongs to reward 'critic'");
            }
        }
        if (policy.labeledRows() && (recalibration == null || recalibration.every() == 0)) {
            throw new IllegalArgumentException(
                    "policy.labeledRows: there is no E-step whose rows could train the policy");
        }
        if (policy.labeledRows() && recalibration != null && recalibration.repeat() != null) {
            throw new IllegalArgumentException(
                    "policy.labeledRows: how many rows a round has is not known before where its E-step is repeated");
        }
    }

    /** The name by which the stage's unlabeled questions are drawn, apart from all other draws of a run. */
    public String unlabeledDraw() {
        return name + "/" + Purpose.UNLABELED.word();
    }

    /** Whether the stage goes on until somebody finishes the run. */
    public boolean unbounded() {
        return rounds == UNBOUNDED;
    }

    /** This stage with another number of rounds. */
    public Stage withRounds(int other) {
        return new Stage(
                name,
                other,
                questionsFrom,
                questions,
                samples,
                reward,
                criticWarmUp,
                recalibration,
                advantage,
                policy,
                critic,
                lastValues);
    }

    /** Whether the stage needs labeled questions, for its own rounds or for an E-step. */
    public boolean needsLabels() {
        return questionsFrom != QuestionSource.UNLABELED || (recalibration != null && recalibration.every() > 0);
    }

    /** Whether rewards are votes over a question's samples. */
    public boolean votes() {
        return reward.votes();
    }

    /** Of how many of the critic's last values the reward is the least; 1 for the very last one. */
    public int valuesOfReward() {
        return lastValues == null ? 1 : lastValues;
    }

    /** The E-step of the given round of this stage (0-based); null where none is due. */
    public @Nullable RecalibrationSettings recalibrationIn(int roundOfStage) {
        return recalibration != null && recalibration.dueIn(roundOfStage) ? recalibration : null;
    }

    /** Trajectories that valued-trajectories holds for the given round of this stage. */
    public int valuedTrajectories(int roundOfStage) {
        int own = questions * samples;
        RecalibrationSettings due = recalibrationIn(roundOfStage);
        return policy.labeledRows() && due != null ? own + due.questions() * due.samples() : own;
    }
}
