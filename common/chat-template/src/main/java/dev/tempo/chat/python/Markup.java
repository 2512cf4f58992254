package dev.tempo.chat.python;

/**
 * A text that the filters {@code e} and {@code safe} made: printed as it is, and what is added to it is escaped first.
 *
 * @param text what it prints
 */
public record Markup(String text) {

    /** Escapes a value as markupsafe does; what is markup already stays as it is. */
    public static Markup escaped(Object value) {
        return value instanceof Markup markup ? markup : new Markup(escape(Python.text(value)));
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace(">", "&gt;")
                .replace("<", "&lt;")
                .replace("'", "&#39;")
                .replace("\"", "&#34;");
    }
}
