package dev.tempo.contract.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The way in which token losses become one number. */
public enum Aggregation {
    /** Mean over the mini-batch's policy tokens. */
    @JsonProperty("token-mean")
    TOKEN_MEAN,
    /** Mean over responses of the mean over their tokens, as GSPO's code. */
    @JsonProperty("seq-mean-token-mean")
    SEQ_MEAN_TOKEN_MEAN,
    /** Mean over responses of the sum over their tokens (Eq. 12). */
    @JsonProperty("seq-mean-token-sum")
    SEQ_MEAN_TOKEN_SUM
}
