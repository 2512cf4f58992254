package dev.tempo.contract;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The way in which a run ended. */
public enum RunOutcome {
    /** Its last version is there, and every measurement that was due. */
    @JsonProperty("finished")
    FINISHED(RunState.FINISHED),
    @JsonProperty("cancelled")
    CANCELLED(RunState.CANCELLED);

    private final RunState state;

    RunOutcome(RunState state) {
        this.state = state;
    }

    /** The state that the run has from then on, whatever is announced of it. */
    public RunState state() {
        return state;
    }
}
