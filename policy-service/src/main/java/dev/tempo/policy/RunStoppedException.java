package dev.tempo.policy;

/** A run cannot go on; the message says where and why. Nothing was published. */
final class RunStoppedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    RunStoppedException(String message) {
        super(message);
    }

    RunStoppedException(String message, Throwable cause) {
        super(message, cause);
    }
}
