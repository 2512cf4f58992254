package dev.tempo.model.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Python's string functions where Java's differ. */
final class PythonText {
    private PythonText() {}

    /** @throws IllegalArgumentException if a text or list of this length is more than a template may make */
    static void requireFit(long length) {
        if (length > ChatInterpreter.LONGEST) {
            throw new IllegalArgumentException("it makes a text or list longer than " + ChatInterpreter.LONGEST);
        }
    }

    static String spaces(@Nullable Object width) {
        if (width instanceof Long count) {
            requireFit(count);
            return " ".repeat((int) Math.max(0, count));
        }
        throw new IllegalArgumentException("a width is a number, not " + PythonOperators.kind(width));
    }

    static String join(List<String> parts, String separator) {
        requireFit(parts.stream().mapToLong(String::length).sum() + (long) separator.length() * parts.size());
        return String.join(separator, parts);
    }

    static boolean isSpace(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x85;
    }

    /** @param characters which to take off; null for white space */
    static String strip(String text, @Nullable String characters, boolean left, boolean right) {
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
        return characters == null ? isSpace(c) : characters.indexOf(c) >= 0;
    }

    /**
     * @param separator null for runs of white space
     * @param limit how often to split at most; below 0 without limit
     */
    static List<@Nullable Object> split(String text, @Nullable String separator, int limit) {
        return separator == null ? words(text, limit) : parts(text, separator(separator), limit);
    }

    private static List<@Nullable Object> parts(String text, String separator, int limit) {
        List<@Nullable Object> parts = new ArrayList<>();
        int start = 0;
        for (int at = text.indexOf(separator); at >= 0 && parts.size() != limit; at = text.indexOf(separator, start)) {
            parts.add(text.substring(start, at));
            start = at + separator.length();
        }
        parts.add(text.substring(start));
        return parts;
    }

    private static List<@Nullable Object> words(String text, int limit) {
        List<@Nullable Object> words = new ArrayList<>();
        String rest = strip(text, null, true, false);
        while (!rest.isEmpty() && words.size() != limit) {
            int end = 0;
            while (end < rest.length() && !isSpace(rest.codePointAt(end))) {
                end += Character.charCount(rest.codePointAt(end));
            }
            words.add(rest.substring(0, end));
            rest = strip(rest.substring(end), null, true, false);
        }
        if (!rest.isEmpty()) {
            words.add(strip(rest, null, false, true));
        }
        return words;
    }

    static List<@Nullable Object> splitFromRight(String text, String separator, int limit) {
        List<@Nullable Object> parts = new ArrayList<>();
        int end = text.length();
        for (int at = text.lastIndexOf(separator(separator));
                at >= 0 && parts.size() != limit;
                at = end < separator.length() ? -1 : text.lastIndexOf(separator, end - separator.length())) {
            parts.add(0, text.substring(at + separator.length(), end));
            end = at;
        }
        parts.add(0, text.substring(0, end));
        return parts;
    }

    static List<@Nullable Object> lines(String text) {
        return new ArrayList<>(text.lines().toList());
    }

    static List<@Nullable Object> partition(String text, String separator) {
        int at = text.indexOf(separator(separator));
        return at < 0 ? List.of(text, "", "") : cut(text, separator, at);
    }

    static List<@Nullable Object> partitionFromRight(String text, String separator) {
        int at = text.lastIndexOf(separator(separator));
        return at < 0 ? List.of("", "", text) : cut(text, separator, at);
    }

    private static List<@Nullable Object> cut(String text, String separator, int at) {
        return List.of(text.substring(0, at), separator, text.substring(at + separator.length()));
    }

    private static String separator(String separator) {
        if (separator.isEmpty()) {
            throw new IllegalArgumentException("a separator needs a character");
        }
        return separator;
    }

    /** @param limit how often to replace at most; below 0 without limit */
    static String replace(String text, String old, String fresh, int limit) {
        requireFit(text.length() + (long) fresh.length() * (1 + text.length() / Math.max(1, old.length())));
        if (limit < 0) {
            return text.replace(old, fresh);
        }
        if (old.isEmpty()) {
            throw new IllegalArgumentException("replace() of an empty text with a count is not supported");
        }
        StringBuilder replaced = new StringBuilder();
        int start = 0;
        int done = 0;
        for (int at = text.indexOf(old); at >= 0 && done < limit; at = text.indexOf(old, start), done++) {
            replaced.append(text, start, at).append(fresh);
            start = at + old.length();
        }
        return replaced.append(text.substring(start)).toString();
    }

    static String title(String text) {
        StringBuilder title = new StringBuilder();
        boolean inWord = false;
        for (int c : text.codePoints().toArray()) {
            title.appendCodePoint(inWord ? Character.toLowerCase(c) : Character.toTitleCase(c));
            inWord = Character.isLetter(c);
        }
        return title.toString();
    }

    static String capitalized(String text) {
        if (text.isEmpty()) {
            return text;
        }
        int first = text.offsetByCodePoints(0, 1);
        return text.substring(0, first).toUpperCase(Locale.ROOT)
                + text.substring(first).toLowerCase(Locale.ROOT);
    }

    /** Python counts characters where Java counts halves of surrogate pairs. */
    static int codePoints(String text, int end) {
        return end < 0 ? end : text.codePointCount(0, end);
    }
}
