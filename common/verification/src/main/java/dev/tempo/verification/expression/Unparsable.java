package dev.tempo.verification.expression;

/** The failure to read a text that is no expression of this grammar; the text can still be compared as text. */
public final class Unparsable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Unparsable(String reason) {
        super(reason, null, false, false);
    }
}
