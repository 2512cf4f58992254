package dev.tempo.messaging;

import org.jspecify.annotations.Nullable;

/** The failure of a message that could not be written; it names topic, key and size. */
public final class PublishException extends RuntimeException {
    private static final long serialVersionUID = 1;

    PublishException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
