package dev.tempo.model.inference;

/**
 * A response that can never be generated, since even alone it exceeds the model's positions or the memory for keys and
 * values.
 */
public final class TaskTooLargeException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    TaskTooLargeException(String message) {
        super(message);
    }
}
