package dev.tempo.model.training;

/** The clipped surrogate of a policy step; s and r are ratios of new to old probabilities. */
public enum PolicyLossKind {
    /**
     * GSPO-token (Zheng et al., 2025): s = exp(mean over the row's counted tokens of log r), clipped as a whole; the
     * gradient of token t is that of s exp(logp_t - stop(logp_t)).
     */
    GSPO,
    /** PPO (Schulman et al., 2017): every token's own ratio r, clipped on its own. */
    PPO
}
