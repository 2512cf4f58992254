package dev.tempo.contract;

/**
 * A failure that the user can put right: a recipe, a file, a port, an option. The message says what is wrong, where, and what to
 * do, and is all that the user sees; anything else that is thrown is a defect of ours.
 */
public class UserException extends RuntimeException {
    public UserException(String message) {
        super(message);
    }

    public UserException(String message, Throwable cause) {
        super(message, cause);
    }
}
