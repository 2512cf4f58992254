package dev.tempo.contract;

/**
 * The news for a trainer that another instance has taken its run over meanwhile: from here on it may write nothing. Nothing
 * is wrong; it drops what it holds and stands by.
 */
public final class FencedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public FencedException(String message) {
        super(message);
    }
}
