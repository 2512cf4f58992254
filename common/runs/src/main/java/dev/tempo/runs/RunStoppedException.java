package dev.tempo.runs;

/**
 * The reason why a run cannot go on, in words for its user, such as a loss that is not finite or a weight file with other
 * content. Nothing was published. The run stays stopped until it is submitted again.
 */
public final class RunStoppedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public RunStoppedException(String message) {
        super(message);
    }

    public RunStoppedException(String message, Throwable cause) {
        super(message, cause);
    }
}
