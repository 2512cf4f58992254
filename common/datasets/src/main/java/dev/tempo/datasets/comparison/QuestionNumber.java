package dev.tempo.datasets.comparison;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The number that a question has in its collection: {@code 12.}, {@code Problem 3:}, {@code (4)}, {@code 第5题}. */
final class QuestionNumber {
    private static final String NUMBER = "(?:\\d{1,5}(?:\\.\\d{1,3})*[a-z]?|[ivx]{1,5})";
    private static final String WORD = "(?:problem|question|exercise|example|task|prob|ques|puzzle|item|no|q|ex)";
    private static final String CONTEST =
            "(?:(?:aime|amc|hmmt|imo|cmo|bmo|usamo|usajmo|putnam|\\d{4}|i{1,3}|\\d{1,2}[ab]?)[\\s,\\-]+)";
    /** The beginnings of questions in words or in a formula, which a continued calculation does not have. */
    private static final String BEGINS =
            "\\s*(?=\\$|\\\\[(\\[]|\\p{IsHan}|(?<=\\s)[\\p{L}&&[^\\p{IsHan}]]{2}|(?<=\\s)a\\s)";

    private static final List<Pattern> BEFORE = List.of(
            pattern("(?:#{1,6}\\s*)?[\\[(]?\\s*" + CONTEST + "{0,4}" + WORD + "\\s*\\.?\\s*(?:no\\.?\\s*)?#?\\s*"
                    + NUMBER + "\\s*(?:[\\])]\\s*[.:]?|[.:)]|\\n|\\s-(?=\\s+\\p{L}{2}))(?!\\d)"),
            pattern("\\[?第\\s*[\\d一二三四五六七八九十百]{1,6}\\s*(?:小题|道题|题|问)(?:\\]|\\s*[.:,)]|\\s)"),
            pattern("\\[?例(?:题)?\\s*[\\d一二三四五六七八九十]{1,4}\\s*(?:\\]|[.:,)]|\\s)"),
            pattern("[一二三四五六七八九十]{1,3}\\s*,\\s*(?=\\p{IsHan})"),
            pattern("\\(\\s*\\d{1,4}\\s*\\)" + BEGINS),
            pattern("\\(?[a-h]\\)\\s+(?=[\\p{L}&&[^\\p{IsHan}]]{2})"),
            pattern("\\d{1,4}\\s*(?:[.)]|\\.\\))(?:\\s+(?!\\d{1,4}[.)]\\s)|(?=[\\p{L}$\\\\]))"),
            pattern("\\d{1,4}\\s*,\\s*(?=\\p{IsHan})"),
            pattern("\\d{1,4}\\s*:" + BEGINS),
            pattern("#\\s*\\d{1,5}\\s*[.:)]?\\s+"),
            pattern("\\(\\s*(?:\\d{1,3}\\s*(?:points?|pts\\.?|marks?|分)|本(?:小)?题(?:满分)?\\s*\\d{1,3}\\s*分)\\s*\\)"));

    private QuestionNumber() {}

    /** The text without its number; one number a call, since the text behind may begin with a number of its own. */
    static String without(String text) {
        for (Pattern number : BEFORE) {
            Matcher found = number.matcher(text);
            if (found.lookingAt() && !text.substring(found.end()).isBlank()) {
                return text.substring(found.end()).strip();
            }
        }
        return text;
    }

    private static Pattern pattern(String number) {
        return Pattern.compile(number, Pattern.CASE_INSENSITIVE);
    }
}
