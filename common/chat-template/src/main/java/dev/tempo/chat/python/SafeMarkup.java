package dev.tempo.chat.python;

/**
 * Markup as the filters {@code e} and {@code safe} make it: printed without escaping, while texts that are added to it are
 * escaped.
 *
 * @param text the printed text
 */
public record SafeMarkup(String text) {

    /** A value as markup, escaped as markupsafe does; a value that is markup already stays as it is. */
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
