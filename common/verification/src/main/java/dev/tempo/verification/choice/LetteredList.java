package dev.tempo.verification.choice;

import java.util.ArrayList;
import java.util.List;

/** The options that a question lists under letters: {@code (A) tea}, {@code B. water}, {@code c) milk}, {@code Ｄ、all}. */
final class LetteredList {
    private LetteredList() {}

    /** The texts of options A, B, … in this order; empty where the first letter is not there. */
    static List<String> of(String question) {
        String text = PlainResponse.halfWidth(question).replace("**", "");
        List<String> capitals = of(text, 'A');
        return capitals.size() >= 2 ? capitals : of(text, 'a');
    }

    private static List<String> of(String text, char first) {
        List<String> texts = new ArrayList<>();
        int start = -1;
        for (int at = 0; at < text.length() && texts.size() < 26; at++) {
            int next = texts.size() + (start < 0 ? 0 : 1);
            if (text.charAt(at) == first + next && isLabel(text, at)) {
                if (start >= 0) {
                    texts.add(AnswerOptions.plain(beforeItem(text.substring(start, at))));
                }
                start = Math.min(text.length(), at + 2);
            }
        }
        if (start >= 0 && texts.size() < 26) {
            int end = text.indexOf('\n', start);
            texts.add(AnswerOptions.plain(text.substring(start, end < 0 ? text.length() : end)));
        }
        return texts;
    }

    /** The text without what begins the next item. */
    private static String beforeItem(String text) {
        int end = text.length();
        while (end > 0
                && (Character.isWhitespace(text.charAt(end - 1)) || "([-*•|".indexOf(text.charAt(end - 1)) >= 0)) {
            end--;
        }
        return text.substring(0, end);
    }

    /**
     * Whether a letter is a label: in brackets anywhere, or before a sign that ends a label where a line or an item
     * begins.
     */
    private static boolean isLabel(String text, int at) {
        char before = at == 0 ? '\n' : text.charAt(at - 1);
        char after = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
        boolean bracketed = before == '(' && after == ')' || before == '[' && after == ']';
        boolean starts = Character.isWhitespace(before) || "、。;|,".indexOf(before) >= 0;
        return bracketed || starts && ".):、．".indexOf(after) >= 0;
    }
}
