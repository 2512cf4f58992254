package dev.tempo.contract.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The target I that the critic is fitted to, by verdict (Eq. 6). */
public enum CriticLabel {
    /** 1 for correct, 0 for wrong (the paper). */
    @JsonProperty("zero-one")
    ZERO_ONE,
    /** +1 for correct, -1 for wrong (the released code). */
    @JsonProperty("plus-minus-one")
    PLUS_MINUS_ONE
}
