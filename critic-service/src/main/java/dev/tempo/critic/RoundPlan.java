package dev.tempo.critic;

import dev.tempo.contract.Run;
import dev.tempo.contract.recipe.QuestionSource;
import dev.tempo.contract.recipe.RecalibrationSettings;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.contract.recipe.RepeatSettings;
import dev.tempo.contract.recipe.RewardSource;
import dev.tempo.contract.recipe.Stage;
import dev.tempo.contract.recipe.ValuesFrom;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * The plan of what the critic does in a round; a pure function of the run.
 *
 * @param round counted through all stages; the last one, after the last update, only values
 * @param roundOfStage rounds of the stage before this one
 * @param labeled what it learns from, in the stage's warm-up and in the rounds where it is due; null where it learns nothing
 * @param fit what it does with the labeled questions of this round; null where none are due
 */
record RoundPlan(
        int round,
        Stage stage,
        int roundOfStage,
        boolean isLast,
        @Nullable Draw labeled,
        @Nullable Fit fit) {

    /** Labeled questions: where from, how many, and how many samples of each. */
    record Draw(QuestionSource source, int questions, int samples) {}

    /**
     * The use of a round's labeled questions.
     *
     * @param valuesBefore whether the round is valued by the critic as it was before the fit
     * @param valuesLabeled whether the labeled trajectories go to the policy too
     */
    record Fit(boolean valuesBefore, boolean valuesLabeled) {}

    static RoundPlan of(Run run, int round) {
        Recipe recipe = run.recipe();
        Stage stage = recipe.stageOf(round);
        int roundOfStage = round - recipe.firstRoundOf(stage);
        if (round == recipe.rounds()) {
            return new RoundPlan(round, stage, roundOfStage, true, null, null);
        }
        return new RoundPlan(round, stage, roundOfStage, false, draw(stage), fit(stage, roundOfStage));
    }

    private static @Nullable Draw draw(Stage stage) {
        RecalibrationSettings recalibration = stage.recalibration();
        if (stage.reward() == RewardSource.VERDICT) {
            return new Draw(stage.questionsFrom(), stage.questions(), stage.samples());
        }
        return recalibration == null
                ? null
                : new Draw(recalibration.questionsFrom(), recalibration.questions(), recalibration.samples());
    }

    private static @Nullable Fit fit(Stage stage, int roundOfStage) {
        RecalibrationSettings recalibration = stage.recalibrationIn(roundOfStage);
        if (stage.reward() == RewardSource.VERDICT) {
            return new Fit(true, true);
        }
        return recalibration == null
                ? null
                : new Fit(
                        recalibration.valuesFrom() == ValuesFrom.PREVIOUS,
                        stage.policy().labeledRows());
    }

    /** Whether a later stage begins: weights are kept, the optimizer's moments forgotten. */
    boolean freshOptimizer() {
        return !isLast && round > 0 && roundOfStage == 0;
    }

    /** Batches to fit on before anything else. */
    int warmUpSteps() {
        return round == 0 && labeled != null ? stage.criticWarmUp() : 0;
    }

    /**
     * Whether another E-step follows one of this round.
     *
     * @param done E-steps of the round
     * @param brier of the values of the last one's responses before it fitted to them; empty where nobody could judge any
     */
    boolean repeats(int done, OptionalDouble brier) {
        RecalibrationSettings recalibration = stage.recalibration();
        RepeatSettings repeat = recalibration == null ? null : recalibration.repeat();
        return repeat != null
                && done < repeat.atMost()
                && brier.isPresent()
                && brier.getAsDouble() > repeat.untilBrier();
    }

    /** The number of a round's E-step among all that the stage could have had. */
    int draw(int eStep) {
        RecalibrationSettings recalibration = stage.recalibration();
        return recalibration == null ? roundOfStage : roundOfStage * recalibration.mostInRound() + eStep;
    }

    /** Whether labeled questions are to be asked, answered and learned from. */
    boolean learns() {
        return fit != null;
    }

    /** Whether the round is valued by the critic as it was before it learned. */
    boolean valuesBefore() {
        return fit == null || fit.valuesBefore();
    }

    /** Whether the labeled trajectories go to the policy too. */
    boolean valuesLabeled() {
        return fit != null && fit.valuesLabeled();
    }

    /** Whether the stage ends with this round. */
    boolean lastOfStage() {
        return !isLast && roundOfStage == stage.rounds() - 1;
    }
}
