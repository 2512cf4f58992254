package dev.tempo.verification;

/** Ends a comparison that the caps on steps, size or precision do not allow to be finished. */
final class Undecidable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Undecidable(String reason) {
        super(reason, null, false, false);
    }
}
