package dev.tempo.messaging;

/** A message that could not be written; it names topic, key and size. */
public final class PublishException extends RuntimeException {
    private static final long serialVersionUID = 1;

    PublishException(String message, Throwable cause) {
        super(message, cause);
    }
}
