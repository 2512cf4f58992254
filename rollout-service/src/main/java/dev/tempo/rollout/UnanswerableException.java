package dev.tempo.rollout;

/** The reason why a request can be answered by failures only; its message becomes their reason. */
final class UnanswerableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnanswerableException(String reason) {
        super(reason, null, false, false);
    }
}
