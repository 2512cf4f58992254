package dev.tempo.datasets;

import dev.tempo.contract.recipe.QuestionSource;

/** The part of the labeled questions that a row belongs to. */
public enum Split {
    /** Rows on which stage 1 trains the policy. */
    TRAIN,
    /** Rows whose verdicts only the critic sees. */
    CALIBRATION,
    /** Rows of a file without splits. */
    BOTH;

    /** Whether a draw from {@code source} may take a row of this split; nothing labeled is drawn from the unlabeled. */
    public boolean belongsTo(QuestionSource source) {
        return switch (source) {
            case LABELED -> true;
            case LABELED_TRAIN -> this != CALIBRATION;
            case LABELED_CALIBRATION -> this != TRAIN;
            case UNLABELED -> false;
        };
    }
}
