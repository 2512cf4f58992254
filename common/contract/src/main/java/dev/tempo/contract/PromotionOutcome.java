package dev.tempo.contract;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The outcome of a trial for promotion. */
public enum PromotionOutcome {
    /** From here on this version is the promoted one. */
    @JsonProperty("promoted")
    PROMOTED,
    /** It is worse by more than a margin, as surely as the recipe asks. */
    @JsonProperty("worse")
    WORSE,
    /** The questions are not enough to tell; the promoted one stays. */
    @JsonProperty("undecided")
    UNDECIDED
}
