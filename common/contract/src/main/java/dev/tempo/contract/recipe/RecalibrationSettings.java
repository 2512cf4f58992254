package dev.tempo.contract.recipe;

import dev.tempo.contract.Check;

/**
 * The settings of the E-step, for a stage whose reward is the critic.
 *
 * @param every rounds between E-steps, 1 for every round; 0 means never (the frozen critic)
 * @param questionsFrom the labeled questions that are drawn from
 * @param questions how many are drawn per E-step
 * @param samples answers per question
 * @param valuesFrom which critic values the round
 */
public record RecalibrationSettings(
        int every, QuestionSource questionsFrom, int questions, int samples, ValuesFrom valuesFrom) {
    public RecalibrationSettings {
        Check.notNegative("every", every);
        Check.trajectories(questions, samples);
        if (questionsFrom == QuestionSource.UNLABELED) {
            throw new IllegalArgumentException("questionsFrom: an E-step needs labeled questions");
        }
    }

    /** Whether the E-step is due in the given round of its stage (0-based). */
    public boolean dueIn(int roundOfStage) {
        return every > 0 && roundOfStage % every == 0;
    }
}
