package dev.tempo.eval.tracking;

/** How a run stands, in MLflow's words. */
public enum MlflowStatus {
    /** It goes on, or is paused. */
    RUNNING,
    /** Its report is written. */
    FINISHED,
    /** A service has stopped it, and says why in its health. */
    FAILED,
    /** Its user has cancelled or interrupted it. */
    KILLED
}
