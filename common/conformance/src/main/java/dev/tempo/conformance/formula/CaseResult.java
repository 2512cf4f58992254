package dev.tempo.conformance.formula;

/**
 * What became of one case.
 *
 * @param id the case's id in its file
 * @param worstError the greatest |actual - expected| / (1 + |expected|) of any number compared; infinite where a number is
 *     missing, not finite or of the wrong shape, 0 if nothing was compared
 * @param message why it failed or was skipped; empty where it passed
 */
public record CaseResult(String id, Status status, double worstError, String message) {
    /** The verdict on a case. */
    public enum Status {
        /** Every expected field agrees. */
        PASSED,
        /** A field differs, is unknown, or the case could not be run. */
        FAILED,
        /** The case documents the reference and is known not to be right. */
        SKIPPED
    }
}
