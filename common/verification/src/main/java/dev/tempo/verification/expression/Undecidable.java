package dev.tempo.verification.expression;

/** The end of a comparison that the caps on steps, size or precision do not allow to be finished. */
public final class Undecidable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Undecidable(String reason) {
        super(reason, null, false, false);
    }
}
