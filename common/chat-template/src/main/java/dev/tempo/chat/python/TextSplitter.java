package dev.tempo.chat.python;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Python's methods {@code split}, {@code rsplit}, {@code partition} and {@code rpartition}. */
public final class TextSplitter {
    private TextSplitter() {}

    /**
     * The parts of a text.
     *
     * @param separator null for runs of white space
     * @param limit the most splits; negative for no limit
     */
    public static List<Object> split(String text, @Nullable String separator, int limit) {
        return separator == null ? words(text, limit) : parts(text, separator(separator), limit);
    }

    private static List<Object> parts(String text, String separator, int limit) {
        List<Object> parts = new ArrayList<>();
        int start = 0;
        for (int at = text.indexOf(separator); at >= 0 && parts.size() != limit; at = text.indexOf(separator, start)) {
            parts.add(text.substring(start, at));
            start = at + separator.length();
        }
        parts.add(text.substring(start));
        return parts;
    }

    private static List<Object> words(String text, int limit) {
        List<Object> words = new ArrayList<>();
        String rest = PythonText.strip(text, null, true, false);
        while (!rest.isEmpty() && words.size() != limit) {
            int end = 0;
            while (end < rest.length() && !PythonCharacters.isSpace(rest.charAt(end))) {
                end++;
            }
            words.add(rest.substring(0, end));
            rest = PythonText.strip(rest.substring(end), null, true, false);
        }
        if (!rest.isEmpty()) {
            words.add(rest);
        }
        return words;
    }

    /** The parts of a text that is split from its end. */
    public static List<Object> fromRight(String text, @Nullable String separator, int limit) {
        return separator == null ? wordsFromRight(text, limit) : partsFromRight(text, separator(separator), limit);
    }

    private static List<Object> partsFromRight(String text, String separator, int limit) {
        List<Object> parts = new ArrayList<>();
        int end = text.length();
        for (int at = text.lastIndexOf(separator);
                at >= 0 && parts.size() != limit;
                at = end < separator.length() ? -1 : text.lastIndexOf(separator, end - separator.length())) {
            parts.add(0, text.substring(at + separator.length(), end));
            end = at;
        }
        parts.add(0, text.substring(0, end));
        return parts;
    }

    private static List<Object> wordsFromRight(String text, int limit) {
        List<Object> words = new ArrayList<>();
        String rest = PythonText.strip(text, null, false, true);
        while (!rest.isEmpty() && words.size() != limit) {
            int start = rest.length();
            while (start > 0 && !PythonCharacters.isSpace(rest.charAt(start - 1))) {
                start--;
            }
            words.add(0, rest.substring(start));
            rest = PythonText.strip(rest.substring(0, start), null, false, true);
        }
        if (!rest.isEmpty()) {
            words.add(0, rest);
        }
        return words;
    }

    static Tuple partition(String text, String separator) {
        int at = text.indexOf(separator(separator));
        return at < 0 ? Tuple.of(text, "", "") : cut(text, separator, at);
    }

    static Tuple partitionFromRight(String text, String separator) {
        int at = text.lastIndexOf(separator(separator));
        return at < 0 ? Tuple.of("", "", text) : cut(text, separator, at);
    }

    private static Tuple cut(String text, String separator, int at) {
        return Tuple.of(text.substring(0, at), separator, text.substring(at + separator.length()));
    }

    private static String separator(String separator) {
        if (separator.isEmpty()) {
            throw new IllegalArgumentException("a separator needs a character");
        }
        return separator;
    }
}
