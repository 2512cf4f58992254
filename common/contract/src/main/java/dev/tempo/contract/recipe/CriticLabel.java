package dev.tempo.contract.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The target I of the E-step. */
public enum CriticLabel {
    /** 1 for correct, 0 for wrong (the paper). */
    @JsonProperty("zero-one")
    ZERO_ONE,
    /** +1 for correct, -1 for wrong (the released code). */
    @JsonProperty("plus-minus-one")
    PLUS_MINUS_ONE
}
