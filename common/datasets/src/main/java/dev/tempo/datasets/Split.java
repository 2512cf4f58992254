package dev.tempo.datasets;

import dev.tempo.contract.recipe.QuestionSource;

/** Which part of the labeled questions a row belongs to. */
public enum Split {
    /** Stage 1 trains the policy on it. */
    TRAIN,
    /** Only the critic ever sees its verdicts. */
    CALIBRATION,
    /** The file does not split. */
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
