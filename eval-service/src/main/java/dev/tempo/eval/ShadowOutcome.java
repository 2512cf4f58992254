package dev.tempo.eval;

import java.util.Locale;

/** What became of a question that was to be asked as shadow traffic. */
public enum ShadowOutcome {
    /** Both versions have responded, and the critic has valued both responses. */
    COMPARED,
    /** As many as may be were under way, or compared already. */
    DROPPED,
    /** A response could not be generated or valued. */
    FAILED,
    /** It was not responded to in time, or other versions are compared by now. */
    LOST,
    /** It was deleted meanwhile. */
    DELETED;

    /** The outcome as it stands in metrics. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
