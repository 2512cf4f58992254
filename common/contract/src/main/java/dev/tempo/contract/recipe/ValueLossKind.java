package dev.tempo.contract.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The objective of the critic's training. */
public enum ValueLossKind {
    /** Eq. 6: mean of (V_t - I)^2 over prompt end to the last token. */
    @JsonProperty("squared-error")
    SQUARED_ERROR,
    /** The released code: 0.5 max(plain, clipped), clipped on the shift of the sequence's mean value. */
    @JsonProperty("clipped")
    CLIPPED
}
