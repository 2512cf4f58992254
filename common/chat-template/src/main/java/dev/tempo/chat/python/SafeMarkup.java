package dev.tempo.chat.python;

/**
 * A text that the filters {@code e} and {@code safe} made: printed as it is, and what is added to it is escaped first.
 *
 * @param text what it prints
 */
public record SafeMarkup(String text) {

    /** Escapes a value as markupsafe does; what is markup already stays as it is. */
    public static SafeMarkup escaped(Object value) {
        return value instanceof SafeMarkup markup ? markup : new SafeMarkup(escape(Python.text(value)));
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace(">", "&gt;")
                .replace("<", "&lt;")
                .replace("'", "&#39;")
                .replace("\"", "&#34;");
    }
}
