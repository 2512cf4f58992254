package dev.tempo.model;

import dev.tempo.contract.UserException;

/** Model files that are missing, damaged or of a kind that is not supported. The message names file and field. */
public final class ModelFormatException extends UserException {
    private static final long serialVersionUID = 1;

    public ModelFormatException(String message) {
        super(message);
    }

    public ModelFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
