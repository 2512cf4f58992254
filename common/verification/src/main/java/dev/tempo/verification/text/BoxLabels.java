package dev.tempo.verification.text;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Labels of parts at the start of lines: boxes in lines (a) and (b) answer one question together. */
final class BoxLabels {
    /** Lines of one list are not far from each other. */
    private static final int MAX_DISTANCE = 400;

    private static final int MAX_LINE = 300;
    private static final Pattern LABEL = Pattern.compile(
            "^[\\s>*#•-]*(?i:part|question|problem|case|q)?\\s*[(（]?\\s*(?<label>[a-z]|[ivx]{1,4}|[ⅰ-ⅻ]|\\d{1,2}|[①-⑨]|[一二三四五六七八九])\\s*(?:[)）.:：、]|(?<=[①-⑨]))",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    private static final List<String> ROMAN = List.of("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x");
    private static final String CHINESE = "一二三四五六七八九";

    private BoxLabels() {}

    /** Whether the lines of two boxes have labels of which one follows the other. */
    static boolean follow(String text, int one, int other) {
        if (other - one > MAX_DISTANCE) {
            return false;
        }
        String left = label(text, one);
        String right = label(text, other);
        return !left.isEmpty()
                && !right.isEmpty()
                && (number(left) > 0 && number(right) == number(left) + 1
                        || roman(left) > 0 && roman(right) == roman(left) + 1
                        || left.length() == 1 && right.length() == 1 && right.charAt(0) == left.charAt(0) + 1);
    }

    private static String label(String text, int box) {
        int start = text.lastIndexOf('\n', box) + 1;
        Matcher label = LABEL.matcher(text.substring(start, Math.min(box, start + MAX_LINE)));
        return box - start <= MAX_LINE && label.find() ? label.group("label").toLowerCase(java.util.Locale.ROOT) : "";
    }

    private static int number(String label) {
        return label.chars().allMatch(digit -> digit >= '0' && digit <= '9')
                ? Integer.parseInt(label)
                : CHINESE.indexOf(label) + 1;
    }

    private static int roman(String label) {
        return ROMAN.indexOf(label) + 1;
    }
}
