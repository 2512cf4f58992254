package dev.tempo.contract;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Why a rollout was asked for; part of every trajectory's identity and of its random key. */
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

    /** The word used in ids, keys and random seeds: lower case, dashes. */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
