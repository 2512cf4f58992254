package dev.tempo.judging;

/** The failure to count votes because a judge is missing or cannot extract answers; the message names it. */
public final class NoSuchJudgeException extends RuntimeException {
    private static final long serialVersionUID = 1;

    NoSuchJudgeException(String message) {
        super(message);
    }
}
