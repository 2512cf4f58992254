package dev.tempo.chat;

import dev.tempo.chat.python.Python;

/** The text that a template has written so far. */
final class Output {
    private final StringBuilder text = new StringBuilder();

    /**
     * Appends a text.
     *
     * @throws IllegalArgumentException if the output gets too long
     */
    void write(String more) {
        if ((long) text.length() + more.length() > Python.LONGEST) {
            throw new IllegalArgumentException("it writes more than " + Python.LONGEST + " characters");
        }
        text.append(more);
    }

    String text() {
        return text.toString();
    }
}
