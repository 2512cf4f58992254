package dev.tempo.datasets.comparison;

import java.util.regex.Pattern;

/** The places where sentences of a text begin; a line is a sentence, and so is what ends in a colon. */
final class Sentences {
    /** Where punctuation is missing, a request to the reader begins a new sentence. */
    private static final Pattern REQUEST = Pattern.compile(
            "(?:[Pp]lease|PLEASE|[Ll]et['’]s|LET['’]S|Think|Reason|Put|Give|Show|Answer|Solve|Remember)\\b");

    private Sentences() {}

    /** Index of the first beginning behind {@code at}, or {@code end}. */
    static int after(String text, int at, int end) {
        int next = at + 1;
        while (next < end && !begins(text, next)) {
            next++;
        }
        return Math.min(next, end);
    }

    /** Index of the last beginning before {@code at}, or {@code start}. */
    static int before(String text, int at, int start) {
        int last = at - 1;
        while (last > start && !begins(text, last)) {
            last--;
        }
        return Math.max(last, start);
    }

    private static boolean begins(String text, int at) {
        char first = text.charAt(at);
        if (Character.isWhitespace(first)) {
            return false;
        }
        char previous = text.charAt(at - 1);
        if ("。！？；：".indexOf(previous) >= 0) {
            return true;
        }
        if (!Character.isWhitespace(previous)) {
            return first == '请' && "请，,".indexOf(previous) < 0;
        }
        int end = at;
        while (end > 0 && Character.isWhitespace(text.charAt(end - 1))) {
            end--;
            if (text.charAt(end) == '\n') {
                return true;
            }
        }
        return end > 0 && ".!?:".indexOf(text.charAt(end - 1)) >= 0
                || REQUEST.matcher(text).region(at, text.length()).lookingAt();
    }
}
