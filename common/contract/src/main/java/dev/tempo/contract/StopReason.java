package dev.tempo.contract;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The reason why a trajectory ended. */
public enum StopReason {
    /** The model wrote its end-of-sequence token. */
    @JsonProperty("end")
    END,
    /** The limit of new tokens was reached. */
    @JsonProperty("length")
    LENGTH,
    /** Nothing usable was generated; {@link Trajectory#failure()} says why. */
    @JsonProperty("failed")
    FAILED
}
