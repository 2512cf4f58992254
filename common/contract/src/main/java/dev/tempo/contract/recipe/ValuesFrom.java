package dev.tempo.contract.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The critic that values a round. */
public enum ValuesFrom {
    /** The critic after this round's E-step (the paper). */
    @JsonProperty("recalibrated")
    RECALIBRATED,
    /** The critic before it (the released code). */
    @JsonProperty("previous")
    PREVIOUS
}
