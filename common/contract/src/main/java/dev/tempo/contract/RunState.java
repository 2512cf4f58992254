package dev.tempo.contract;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The state of a run, as its launcher wants it. */
public enum RunState {
    @JsonProperty("active")
    ACTIVE,
    /** Stopped by its user; resumes where it was when it becomes active again. */
    @JsonProperty("paused")
    PAUSED,
    @JsonProperty("finished")
    FINISHED
}
