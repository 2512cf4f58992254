package dev.tempo.contract;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What the launcher wants of a run. */
public enum RunState {
    @JsonProperty("active")
    ACTIVE,
    /** Stopped by its user; resumes where it was when it becomes active again. */
    @JsonProperty("paused")
    PAUSED,
    @JsonProperty("finished")
    FINISHED
}
