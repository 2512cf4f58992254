package dev.tempo.contract;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The state of a run, as its operator wants it. What became of it is a {@link RunEnd}. */
public enum RunState {
    @JsonProperty("active")
    ACTIVE,
    /** Stopped by its user; resumes where it was when it becomes active again. */
    @JsonProperty("paused")
    PAUSED,
    @JsonProperty("finished")
    FINISHED,
    /** Given up by its user: its files are kept, and nothing goes on with it. */
    @JsonProperty("cancelled")
    CANCELLED,
    /** Deleted by its user: its files are gone, and what is left of its records is of no use. */
    @JsonProperty("removed")
    REMOVED;

    /** Whether nothing goes on with such a run. */
    public boolean isOver() {
        return this == FINISHED || this == CANCELLED || this == REMOVED;
    }
}
