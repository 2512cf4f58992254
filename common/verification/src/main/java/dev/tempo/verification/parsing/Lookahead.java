package dev.tempo.verification.parsing;

/** A look ahead in a text that is being cut into tokens. */
final class Lookahead {
    private Lookahead() {}

    /** Whether a letter is Chinese, Japanese or Korean. */
    static boolean isEastern(char letter) {
        return letter >= 0x2e80;
    }

    /** Whether a number is next, behind spaces and the end of a word's braces. */
    static boolean isNumber(String text, int from) {
        int next = from;
        while (next < text.length()) {
            boolean spacing =
                    text.charAt(next) == '\\' && next + 1 < text.length() && ",;: ".indexOf(text.charAt(next + 1)) >= 0;
            if (!spacing && " }$".indexOf(text.charAt(next)) < 0) {
                break;
            }
            next += spacing ? 2 : 1;
        }
        return next < text.length() && text.charAt(next) >= '0' && text.charAt(next) <= '9';
    }

    /** Whether a row of a layout goes on with what the row before it comes to. */
    static boolean continuesEquation(String text, int from) {
        int next = from;
        while (next < text.length() && (Character.isWhitespace(text.charAt(next)) || text.charAt(next) == '&')) {
            next++;
        }
        return next < text.length() && text.charAt(next) == '=';
    }

    /** End of {@code [rgb]} where that is next, else where it would start. */
    static int behindOptional(String text, int from) {
        int end = from < text.length() && text.charAt(from) == '[' ? text.indexOf(']', from) : -1;
        return end < 0 || end > from + 40 ? from : end + 1;
    }

    /** The brace that ends an argument, which is short, or -1. */
    static int closingBrace(String text, int open) {
        int limit = Math.min(text.length(), open + 120);
        int depth = 0;
        for (int place = open; place < limit; place++) {
            depth += text.charAt(place) == '{' ? 1 : 0;
            if (text.charAt(place) == '}' && --depth == 0) {
                return place;
            }
        }
        return -1;
    }
}
