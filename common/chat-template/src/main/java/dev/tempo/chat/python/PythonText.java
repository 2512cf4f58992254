package dev.tempo.chat.python;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The string functions of Python that differ from Java's. */
public final class PythonText {
    private PythonText() {}

    /**
     * A text without characters at its ends.
     *
     * @param characters the characters to remove; null for white space
     */
    public static String strip(String text, @Nullable String characters, boolean left, boolean right) {
        int start = 0;
        int end = text.length();
        while (left && start < end && strippable(text.codePointAt(start), characters)) {
            start += Character.charCount(text.codePointAt(start));
        }
        while (right && end > start && strippable(text.codePointBefore(end), characters)) {
            end -= Character.charCount(text.codePointBefore(end));
        }
        return text.substring(start, end);
    }

    private static boolean strippable(int c, @Nullable String characters) {
        return characters == null ? PythonCharacters.isSpace(c) : characters.indexOf(c) >= 0;
    }

    static String spaces(int count) {
        Python.requireFit(count);
        return " ".repeat(Math.max(0, count));
    }

    /** The concatenation of texts with a separator between them. */
    public static String join(List<String> parts, String separator) {
        Python.requireFit(parts.stream().mapToLong(String::length).sum() + (long) separator.length() * parts.size());
        return String.join(separator, parts);
    }

    /** The lines of a text, as {@code splitlines()} gives them. */
    public static List<Object> lines(String text, boolean keepEnds) {
        List<Object> lines = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int end = start;
            while (end < text.length() && !PythonCharacters.isLineEnd(text.charAt(end))) {
                end++;
            }
            int next = Math.min(text.length(), end + (text.startsWith("\r\n", end) ? 2 : 1));
            lines.add(text.substring(start, keepEnds ? next : end));
            start = next;
        }
        return lines;
    }

    /**
     * A text in which one text is replaced by another.
     *
     * @param limit the most replacements; negative for no limit
     */
    public static String replace(String text, String old, String fresh, int limit) {
        long most = limit < 0 ? 1L + text.length() / Math.max(1, old.length()) : limit;
        Python.requireFit(text.length() + fresh.length() * Math.min(most, text.length() + 1L));
        StringBuilder replaced = new StringBuilder();
        int start = 0;
        int done = 0;
        while (limit < 0 || done < limit) {
            int at = text.indexOf(old, done > 0 && old.isEmpty() ? next(text, start) : start);
            if (at < 0 || done > 0 && old.isEmpty() && start >= text.length()) {
                break;
            }
            replaced.append(text, start, at).append(fresh);
            start = at + old.length();
            done++;
        }
        return replaced.append(text.substring(start)).toString();
    }

    private static int next(String text, int at) {
        return at < text.length() ? at + Character.charCount(text.codePointAt(at)) : at;
    }

    static String title(String text) {
        StringBuilder title = new StringBuilder();
        boolean inWord = false;
        for (int c : text.codePoints().toArray()) {
            String one = Character.toString(c);
            title.append(
                    inWord
                            ? one.toLowerCase(Locale.ROOT)
                            : Character.toTitleCase(c) == c
                                            && !one.toUpperCase(Locale.ROOT).equals(one)
                                            && one.toUpperCase(Locale.ROOT).length() > one.length()
                                    ? capitalized(one.toUpperCase(Locale.ROOT))
                                    : Character.toString(Character.toTitleCase(c)));
            inWord = PythonCharacters.isCased(c);
        }
        return title.toString();
    }

    /** A text with its first character in upper case and the others in lower case. */
    static String capitalized(String text) {
        if (text.isEmpty()) {
            return text;
        }
        int first = text.offsetByCodePoints(0, 1);
        int c = text.codePointAt(0);
        String upper = text.substring(0, first).toUpperCase(Locale.ROOT);
        String head = upper.length() > first
                ? upper.substring(0, 1) + upper.substring(1).toLowerCase(Locale.ROOT)
                : Character.toString(Character.toTitleCase(c));
        return head + text.substring(first).toLowerCase(Locale.ROOT);
    }

    static String swapped(String text) {
        StringBuilder swapped = new StringBuilder();
        text.codePoints().forEach(c -> {
            String one = Character.toString(c);
            swapped.append(
                    Character.isUpperCase(c)
                            ? one.toLowerCase(Locale.ROOT)
                            : Character.isLowerCase(c) ? one.toUpperCase(Locale.ROOT) : one);
        });
        return swapped.toString();
    }

    static String expanded(String text, int tab) {
        StringBuilder expanded = new StringBuilder();
        int column = 0;
        for (int c : text.codePoints().toArray()) {
            if (c == '\t') {
                int width = tab <= 0 ? 0 : tab - column % tab;
                expanded.append(spaces(width));
                column += width;
            } else {
                expanded.appendCodePoint(c);
                column = c == '\n' || c == '\r' ? 0 : column + 1;
            }
            Python.requireFit(expanded.length());
        }
        return expanded.toString();
    }
}
