package dev.tempo.contract.recipe;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tempo.contract.Check;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the E-step, for a stage whose reward is the critic.
 *
 * @param every rounds between E-steps, 1 for every round; 0 means never (the frozen critic)
 * @param questionsFrom the labeled questions that are drawn from
 * @param questions how many are drawn per E-step
 * @param samples answers per question
 * @param valuesFrom which critic values the round
 * @param repeat whether the E-step is repeated within a round; null for one
 */
public record RecalibrationSettings(
        int every,
        QuestionSource questionsFrom,
        int questions,
        int samples,
        ValuesFrom valuesFrom,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable RepeatSettings repeat) {
    public RecalibrationSettings {
        Check.notNegative("every", every);
        Check.trajectories(questions, samples);
        if (questionsFrom == QuestionSource.UNLABELED) {
            throw new IllegalArgumentException("questionsFrom: an E-step needs labeled questions");
        }
        if (repeat != null && valuesFrom == ValuesFrom.PREVIOUS) {
            throw new IllegalArgumentException("repeat: the round is valued by the critic before the E-step"
                    + " (valuesFrom), so that repeating it would come too late");
        }
    }

    /** Settings with one E-step in a round that has any. */
    public RecalibrationSettings(
            int every, QuestionSource questionsFrom, int questions, int samples, ValuesFrom valuesFrom) {
        this(every, questionsFrom, questions, samples, valuesFrom, null);
    }

    /** How many E-steps a round has at most, where one is due. */
    public int mostInRound() {
        return repeat == null ? 1 : repeat.atMost();
    }

    /** Whether the E-step is due in the given round of its stage (0-based). */
    public boolean dueIn(int roundOfStage) {
        return every > 0 && roundOfStage % every == 0;
    }
}
