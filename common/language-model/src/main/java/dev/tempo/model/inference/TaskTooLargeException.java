package dev.tempo.model.inference;

/** A response that can never be generated: it fits the model's positions or the memory of keys and values not even alone. */
public final class TaskTooLargeException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    TaskTooLargeException(String message) {
        super(message);
    }
}
