package dev.tempo.verification.expression;

/** The text is no expression this grammar knows; it can still be compared as text. */
public final class Unparsable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Unparsable(String reason) {
        super(reason, null, false, false);
    }
}
