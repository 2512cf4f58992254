package dev.tempo.contract.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The source of the reward R in the M-step. A rival method is another source, not another program. */
public enum RewardSource {
    /** The judge's 0 or 1: supervised stages. */
    @JsonProperty("verdict")
    VERDICT,
    /** The critic's last value V_n: TEMPO, and the frozen critic. */
    @JsonProperty("critic")
    CRITIC,
    /** 1 where the answer agrees with the majority of the question's samples: TTRL. */
    @JsonProperty("majority-vote")
    MAJORITY_VOTE,
    /** Share of the question's samples with an equal answer: EMPO. */
    @JsonProperty("cluster-share")
    CLUSTER_SHARE,
    /** Share of the answer where it is frequent enough, less than 0 where it is rare and uncertain: SCRL. */
    @JsonProperty("selective-vote")
    SELECTIVE_VOTE,
    /** Mean log-probability of what the policy wrote: EM-RL-sequence. */
    @JsonProperty("mean-log-probability")
    MEAN_LOG_PROBABILITY,
    /** Advantage of agreeing with the majority, weighted by how the question's majorities changed: TTRL-Guard. */
    @JsonProperty("guarded-vote")
    GUARDED_VOTE;

    /** Whether a question's samples give each other their rewards, without critic or answer. */
    public boolean votes() {
        return this != VERDICT && this != CRITIC;
    }
}
