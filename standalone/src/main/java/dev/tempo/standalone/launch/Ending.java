package dev.tempo.standalone.launch;

/** The ways in which a run can have ended, with the exit code of each. */
public enum Ending {
    /** All was generated, judged and learned from that could be. */
    WHOLE(0),
    /** A stage has learned nothing. */
    NOTHING_LEARNED(3),
    /** Some trajectories failed, the rest was learned from. */
    SOME_FAILED(4);

    private final int exitCode;

    Ending(int exitCode) {
        this.exitCode = exitCode;
    }

    public int exitCode() {
        return exitCode;
    }
}
