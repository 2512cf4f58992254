package dev.tempo.contract.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The baseline of an advantage: what is subtracted from the reward R (Eq. 11). */
public enum Baseline {
    /** V_{t-1}, the value before token t: unbiased. */
    @JsonProperty("before")
    BEFORE,
    /** V_t, as the paper prints Eq. 11. */
    @JsonProperty("after")
    AFTER,
    /** (R - mean) / std over the question's samples, as in GRPO; needs no critic. */
    @JsonProperty("group")
    GROUP,
    /** R itself. */
    @JsonProperty("none")
    NONE
}
