package dev.tempo.standalone.launch;

/** Something the user can put right; the message says what and how, and is all the user sees. */
public final class LaunchException extends RuntimeException {
    public LaunchException(String message) {
        super(message);
    }
}
