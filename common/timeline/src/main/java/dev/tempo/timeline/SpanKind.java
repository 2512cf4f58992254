package dev.tempo.timeline;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** The sort of work that a span is. */
public enum SpanKind {
    /** Generation, values, training steps, verdicts. */
    @JsonProperty("computation")
    COMPUTATION,
    /** Weights read into memory and made ready to compute with. */
    @JsonProperty("loading")
    LOADING,
    /** SHA-256 of files. */
    @JsonProperty("hashing")
    HASHING,
    /** Messages to and from JSON. */
    @JsonProperty("json")
    JSON,
    /** Files written. */
    @JsonProperty("writing")
    WRITING,
    /** Waiting for a disk to have what was written. */
    @JsonProperty("fsync")
    FSYNC,
    /** Messages on their way, until the broker has acknowledged them or a reader has them. */
    @JsonProperty("messaging")
    MESSAGING,
    /** What is done with messages that came, other than all of the above. */
    @JsonProperty("handling")
    HANDLING,
    /** Nothing is done for the round here. */
    @JsonProperty("waiting")
    WAITING;

    /** Whether a service gets on with something in such a span, and does not only hand on what came or wait for others. */
    boolean isWork() {
        return this != MESSAGING && this != HANDLING && this != WAITING;
    }

    /** The kind as people and files call it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
