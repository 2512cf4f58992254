package dev.tempo.algorithm;

import org.jspecify.annotations.Nullable;

/**
 * The result of a vote among the responses to one question: the winning answer, how many responses stand behind it, and each
 * response's reward.
 */
public final class VoteResult {
    private final @Nullable String label;
    private final double share;
    private final double[] rewards;

    VoteResult(@Nullable String label, double share, double[] rewards) {
        this.label = label;
        this.share = share;
        this.rewards = rewards;
    }

    /** The same vote where responses are rewarded for something else than their answers. */
    public VoteResult rewarding(double... instead) {
        Shapes.requireLength("instead", instead.length, rewards.length);
        return new VoteResult(label, share, instead.clone());
    }

    /** The winning answer, which serves as the question's label; null if there is none. */
    public @Nullable String label() {
        return label;
    }

    /** The share of all responses that were counted for the winning answer; 0 if there is none. */
    public double share() {
        return share;
    }

    /** The rewards, one per response, in the order of the responses. */
    public double[] rewards() {
        return rewards.clone();
    }
}
