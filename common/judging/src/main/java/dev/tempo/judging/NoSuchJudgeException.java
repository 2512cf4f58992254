package dev.tempo.judging;

/** A chain cannot count votes; the message says which judge is missing or unfit. */
public final class NoSuchJudgeException extends RuntimeException {
    private static final long serialVersionUID = 1;

    NoSuchJudgeException(String message) {
        super(message);
    }
}
