package dev.tempo.contract.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The number type in which a training step's matrix products are computed. */
public enum Arithmetic {
    @JsonProperty("float32")
    FLOAT32,
    /** bfloat16 for matrix products alone: norms, softmax, losses, gradients and the weights in training stay float32. */
    @JsonProperty("bfloat16")
    BFLOAT16
}
