package dev.tempo.contract.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The questions that a stage draws from. */
public enum QuestionSource {
    /** All labeled questions. */
    @JsonProperty("labeled")
    LABELED,
    /** Labeled rows of split {@code train}. */
    @JsonProperty("labeled/train")
    LABELED_TRAIN,
    /** Labeled rows of split {@code calibration}. */
    @JsonProperty("labeled/calibration")
    LABELED_CALIBRATION,
    /** The test-time questions D_u. */
    @JsonProperty("unlabeled")
    UNLABELED
}
