package dev.tempo.algorithm;

import org.jspecify.annotations.Nullable;

/** The result of a vote: the pseudo-label, how many stand behind it, and each response's reward. */
public final class VoteResult {
    private final @Nullable String label;
    private final double share;
    private final double[] rewards;

    VoteResult(@Nullable String label, double share, double[] rewards) {
        this.label = label;
        this.share = share;
        this.rewards = rewards;
    }

    /** The winning answer; null if no response gave one. */
    public @Nullable String label() {
        return label;
    }

    /** The share of all responses that were counted for the label; 0 without one. */
    public double share() {
        return share;
    }

    /** One reward per response, in their order. */
    public double[] rewards() {
        return rewards.clone();
    }
}
