package dev.tempo.contract.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The number type in which a training step's matrix products are computed. */
public enum Arithmetic {
    @JsonProperty("float32")
    FLOAT32,
    /** Norms, softmax, losses, gradients and what is trained stay float32. */
    @JsonProperty("bfloat16")
    BFLOAT16
}
