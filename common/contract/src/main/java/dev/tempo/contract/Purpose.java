package dev.tempo.contract;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The purpose of a rollout; part of every trajectory's identity and of its random key. */
public enum Purpose {
    /** Labeled questions before round 0: the critic's first fit. */
    @JsonProperty("warm-up")
    WARM_UP,
    /** Labeled questions of a round: stage-1 training, or the E-step. */
    @JsonProperty("labeled")
    LABELED,
    /** Unlabeled questions of a round: the M-step. */
    @JsonProperty("unlabeled")
    UNLABELED,
    /** Benchmark questions: measuring only. */
    @JsonProperty("evaluation")
    EVALUATION;

    /** The purpose as it stands in ids, keys and random seeds: in lower case, with dashes. */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
