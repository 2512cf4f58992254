package dev.tempo.contract;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a judge found. */
public enum Outcome {
    @JsonProperty("correct")
    CORRECT,
    @JsonProperty("wrong")
    WRONG,
    /** Nobody could tell (no answer key, a judge out of reach, a step budget spent): no gradient, never counted as wrong. */
    @JsonProperty("undecided")
    UNDECIDED
}
