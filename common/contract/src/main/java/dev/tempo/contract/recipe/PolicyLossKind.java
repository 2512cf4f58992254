package dev.tempo.contract.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The objective of the policy's training. */
public enum PolicyLossKind {
    /** GSPO-token: the ratio of the whole response is clipped, the gradient flows through each token. */
    @JsonProperty("sequence-clip")
    SEQUENCE_CLIP,
    /** PPO: each token's ratio is clipped. */
    @JsonProperty("token-clip")
    TOKEN_CLIP
}
