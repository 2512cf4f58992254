package dev.tempo.datasets.comparison;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Labels: words that announce a question or wait for its answer: {@code Question:}, {@code User:}, {@code Answer:} at
 * the end.
 */
final class Labels {
    private static final Pattern BEFORE = Pattern.compile(
            "^\\s*(?:\\[(?:question|problem|题目|问题)\\]\\s*[:：]?"
                    + "|(?:question|problem|user|human|prompt|task|exercise|题目|问题|题)\\s*[:：]"
                    + "|q\\s*[:：](?=\\s)|(?:question|problem)[ \\t]*\\n)\\s*",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern BEHIND = Pattern.compile(
            "(?:(?<=\\s)(?:answer|solution|assistant|response|the answer is)\\s*[:：]"
                    + "|(?:答案|回答|解答)(?:是)?\\s*[:：]|\\n\\s*(?:a|答|解)\\s*[:：])\\s*$",
            Pattern.CASE_INSENSITIVE);

    private static final int LONGEST = 40;

    private Labels() {}

    static String without(String text) {
        String bare = BEFORE.matcher(text).replaceFirst("");
        Matcher behind = BEHIND.matcher(bare)
                .region(Math.max(0, bare.length() - LONGEST), bare.length())
                .useTransparentBounds(true);
        bare = behind.find() ? bare.substring(0, behind.start()) : bare;
        return bare.isBlank() ? text : bare.strip();
    }
}
