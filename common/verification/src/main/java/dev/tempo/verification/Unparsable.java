package dev.tempo.verification;

/** The text is no expression this grammar knows; it can still be compared as text. */
final class Unparsable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unparsable(String reason) {
        super(reason, null, false, false);
    }
}
