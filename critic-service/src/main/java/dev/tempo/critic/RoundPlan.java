package dev.tempo.critic;

import dev.tempo.contract.Run;
import dev.tempo.contract.recipe.QuestionSource;
import dev.tempo.contract.recipe.Recalibration;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.contract.recipe.RewardSource;
import dev.tempo.contract.recipe.Stage;
import dev.tempo.contract.recipe.ValuesFrom;
import org.jspecify.annotations.Nullable;

/**
 * What the critic does in a round; a pure function of the run.
 *
 * @param roundOfStage rounds of the stage before this one
 * @param freshOptimizer whether a later stage begins: weights are kept, moments forgotten
 * @param warmUpSteps batches to fit on before anything else
 * @param warmUp the labeled questions of each of them; null where there are none
 * @param labeled the labeled questions whose verdicts the critic is fitted to; null where nothing is due
 * @param valuesBefore whether the round is valued by the critic as it was before that fit
 * @param valuesLabeled whether the labeled trajectories go to the policy too
 * @param lastOfStage whether the stage ends with this round
 */
record RoundPlan(
        int round,
        Stage stage,
        int roundOfStage,
        boolean freshOptimizer,
        int warmUpSteps,
        @Nullable Draw warmUp,
        @Nullable Draw labeled,
        boolean valuesBefore,
        boolean valuesLabeled,
        boolean lastOfStage) {

    /** Labeled questions: where from, how many, and how many samples of each. */
    record Draw(QuestionSource source, int questions, int samples) {}

    static RoundPlan of(Run run, int round) {
        Recipe recipe = run.recipe();
        Stage stage = recipe.stageOf(round);
        int roundOfStage = round - recipe.firstRoundOf(stage);
        if (round == recipe.rounds()) {
            return new RoundPlan(round, stage, roundOfStage, false, 0, null, null, true, false, false);
        }
        Recalibration recalibration = stage.recalibration();
        Draw warmUp = null;
        Draw labeled = null;
        boolean valuesBefore = true;
        boolean valuesLabeled = false;
        if (stage.reward() == RewardSource.VERDICT) {
            warmUp = new Draw(stage.questionsFrom(), stage.questions(), stage.samples());
            labeled = warmUp;
            valuesLabeled = true;
        } else if (recalibration != null) {
            warmUp = new Draw(recalibration.questionsFrom(), recalibration.questions(), recalibration.samples());
            if (recalibration.dueIn(roundOfStage)) {
                labeled = warmUp;
                valuesBefore = recalibration.valuesFrom() == ValuesFrom.PREVIOUS;
                valuesLabeled = stage.policy().labeledRows();
            }
        }
        return new RoundPlan(
                round,
                stage,
                roundOfStage,
                round > 0 && roundOfStage == 0,
                round == 0 && warmUp != null ? stage.criticWarmUp() : 0,
                warmUp,
                labeled,
                valuesBefore,
                valuesLabeled,
                roundOfStage == stage.rounds() - 1);
    }
}
