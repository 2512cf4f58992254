package dev.tempo.conformance.formula;

/**
 * The result of one fixture case.
 *
 * @param id the case's id in its file
 * @param status whether it passed
 * @param worstError the greatest |actual - expected| / (1 + |expected|) of any number compared; infinite where a number is
 *     missing, not finite or of the wrong shape, 0 if nothing was compared
 * @param message the reason why it failed or was skipped; empty if it passed
 */
public record CaseResult(String id, Status status, double worstError, String message) {
    /** The status of a case. */
    public enum Status {
        /** The status of a case whose expected fields all agree. */
        PASSED,
        /** The status of a case with a field that differs or is unknown, or that could not be run. */
        FAILED,
        /** The status of a case that documents the reference and is known not to be right. */
        SKIPPED
    }
}
