package dev.tempo.judging.model;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Signs by which a response pretends that its place in a prompt has ended, so that what follows reads as somebody
 * else's: a tag, a quoted field or a fence that is closed without having been opened, the beginning of another turn, a
 * line that says that the answer ends.
 */
final class DelimiterBreakout {
    private static final String PLACES =
            "(?:[a-z]+[_-])?(?:answer|candidate|student|response|submission|reference|question|prompt|system|user|assistant|data|input"
                    + "|output|document|context|instructions?|verdict|grading|evaluation|judge|judg(?:e)?ment|score|rubric|grader)(?:[_-][a-z]+)?";

    private static final Pattern CLOSING_TAG =
            Pattern.compile("</ ?(?<name>" + PLACES + ") ?>|\\[/(?<bracketed>" + PLACES + ")\\]");
    private static final Pattern JUDGES_TAG = Pattern.compile(
            "<(?:[a-z]+[_-])?(?:verdict|reference|grading|evaluation|judge|judg(?:e)?ment|rubric|grader|system|instructions?)(?:[_-][a-z]+)?(?: [^<>]{0,60})?>");

    private static final Pattern TURN = Pattern.compile(
            "<\\|(?:im_start|start_header_id|start|system|user|assistant)\\|>|\\[/?inst\\]|<</?sys>>|<start_of_turn>|<｜(?:user|assistant|begin)[^｜>]{0,40}｜>");

    private static final Pattern END_LINE = Pattern.compile(
            "(?m)^[^\\p{L}\\p{N}\\n]{0,12}(?:end|begin|start|close)(?:ning)?(?: |_)?(?:of)?(?: |_)(?:the )?(?:student'?s? |candidate'?s? |model'?s? )?(?:answer|response|submission|data|input|text|document|prompt|question|delimiter|evaluation|system|candidate|reference)(?: message| prompt| text)?[^\\p{L}\\p{N}\\n]{0,12}$"
                    + "|^[-=#*<\\[]{2,8} ?/?end ?[-=#*>\\]]{0,8}$|\\[/?(?:end|begin|start)(?: of [a-z ]{3,30})?\\]|<<<? ?/?end ?>?>>|(?m)^.{0,4}(?:答案|回答|输入|数据|考生答案)(?:到此)?结束.{0,4}$");

    private static final Pattern END_IN_CAPITALS = Pattern.compile(
            "\\b(?:END|BEGIN|START) OF (?:THE )?(?:CANDIDATE |STUDENT |MODEL )?(?:ANSWER|RESPONSE|INPUT|SUBMISSION|DATA|PROMPT)\\b");

    /** The quote that ends a field, and the name of the next one. */
    private static final Pattern FIELD = Pattern.compile(
            "[\"'] ?\\}?[,}] ?\\{? ?[\"'](?:verdict|reference|answer|is_?correct|correct|question|score|label|instructions?|system|role|grade|reward|content)[\"'] ?:");

    private static final Pattern MARKUP = Pattern.compile("<[/|a-z\uFF5C]");

    private DelimiterBreakout() {}

    /**
     * The sign by which a response leaves its place, in words for people; null where there is none, or where the
     * question is about such signs.
     */
    static @Nullable String in(String response, String question, String reference) {
        Matcher end = END_IN_CAPITALS.matcher(response);
        if (end.find() && !question.contains(end.group())) {
            return "closes what it did not open: '" + end.group() + "'";
        }
        String said = response.toLowerCase(Locale.ROOT);
        String given = (question + "\n" + reference).toLowerCase(Locale.ROOT);
        String sign = sign(said);
        if (sign == null
                || given.contains(sign)
                || sign.startsWith("<") && MARKUP.matcher(given).find()) {
            return null;
        }
        return "closes what it did not open: '" + sign.strip() + "'";
    }

    private static @Nullable String sign(String said) {
        Matcher closing = CLOSING_TAG.matcher(said);
        while (closing.find()) {
            String tag = closing.group();
            String name = closing.group("name");
            String opening = name == null ? "[" + closing.group("bracketed") + "]" : "<" + name;
            int opened = said.indexOf(opening);
            if (opened < 0 || opened > closing.start()) {
                return tag;
            }
        }
        for (Pattern pattern : new Pattern[] {JUDGES_TAG, TURN, END_LINE}) {
            Matcher found = pattern.matcher(said);
            if (found.find()) {
                return found.group();
            }
        }
        Matcher field = FIELD.matcher(said);
        if (field.find() && said.lastIndexOf('{', field.start()) < 0) {
            return field.group();
        }
        return closesFence(said, "```") ? "```" : closesFence(said, "\"\"\"") ? "\"\"\"" : null;
    }

    /** Whether the only fence stands behind an answer and before more text. */
    private static boolean closesFence(String said, String fence) {
        int first = said.indexOf(fence);
        if (first <= 0 || said.indexOf(fence, first + fence.length()) >= 0) {
            return false;
        }
        String before = said.substring(0, first).strip();
        String behind = said.substring(first + fence.length());
        boolean names = !behind.isEmpty() && Character.isLetter(behind.charAt(0));
        return !before.isEmpty() && !before.endsWith(":") && !names && !behind.isBlank();
    }
}
