package dev.tempo.chat;

/** A chat template that cannot be read or refuses what it was given; the message names file and line. */
public final class ChatTemplateException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ChatTemplateException(String message) {
        super(message);
    }

    ChatTemplateException(String message, Throwable cause) {
        super(message, cause);
    }
}
