package dev.tempo.chat;

/** A source text that is no template. The message names the line. */
final class MalformedTemplateException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final int line;

    MalformedTemplateException(String message, int line) {
        super(message);
        this.line = line;
    }

    int line() {
        return line;
    }
}
