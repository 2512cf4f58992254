package dev.tempo.chat;

/** A chat template that cannot be parsed, or that refuses its variables. The message names file and line. */
public final class ChatTemplateException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ChatTemplateException(String message) {
        super(message);
    }

    ChatTemplateException(String message, Throwable cause) {
        super(message, cause);
    }
}
