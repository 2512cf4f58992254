package dev.tempo.judging.model;

import dev.tempo.verification.text.AnswerExtraction;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of a response that is judged: what stands in its last box, else what follows the last "answer:" or "the answer
 * is", else its last paragraph. Unlike mathematics, free text is never narrowed to its last number.
 */
final class StatedAnswer {
    private static final Pattern PHRASE = Pattern.compile(
            "(?:final answer|answer|answers|solution)(?: is| are|\\s*[:\uFF1A])|答案是|答案[:\uFF1A]|答[:\uFF1A]"
                    + "|réponse est|respuesta es|antwort ist",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern HARMONY = Pattern.compile("<\\|channel\\|>\\s*final[^<]*<\\|message\\|>");
    private static final Pattern TURN_END = Pattern.compile("<\\|(?:im_end|endoftext|end|return|eot_id)\\|>|</s>");
    private static final Pattern GAP = Pattern.compile("\\n[ \\t\\r]*\\n");

    /** The number of characters, from the end, in which a final answer is looked for. */
    private static final int LONGEST = 50_000;

    private static final int LATEST_PHRASES = 20;
    private static final List<String> CLOSINGS =
            List.of("i hope", "hope this", "hope that", "let me know", "feel free", "if you have any", "please let me");

    private StatedAnswer() {}

    /** The stated answer; empty where the response gives none, as while its reasoning has not ended. */
    static String of(String response) {
        String text = inTags(visible(response));
        if (text.contains("\\boxed") || text.contains("\\fbox")) {
            return AnswerExtraction.answer(text).strip();
        }
        Deque<Integer> ends = new ArrayDeque<>();
        for (Matcher phrases = PHRASE.matcher(text); phrases.find(); ) {
            ends.push(phrases.end());
        }
        return ends.stream()
                .limit(LATEST_PHRASES)
                .map(end -> unmarked(firstParagraph(text.substring(end))))
                .filter(stated -> !stated.isEmpty())
                .findFirst()
                .orElseGet(() -> lastParagraph(text));
    }

    /** The text that follows the reasoning, up to the end of the turn; of a long text its end. */
    static String visible(String response) {
        String text = response;
        Matcher channels = HARMONY.matcher(response);
        while (channels.find()) {
            text = response.substring(channels.end());
        }
        int closed = text.lastIndexOf("</think>");
        text = closed < 0 ? text : text.substring(closed + "</think>".length());
        int open = text.indexOf("<think>");
        text = open < 0 ? text : text.substring(0, open);
        Matcher end = TURN_END.matcher(text);
        text = end.find() ? text.substring(0, end.start()) : text;
        return text.substring(Math.max(0, text.length() - LONGEST));
    }

    private static String inTags(String visible) {
        String text = visible;
        int tag = text.lastIndexOf("<answer>");
        if (tag >= 0) {
            int close = text.indexOf("</answer>", tag);
            text = text.substring(tag + "<answer>".length(), close < 0 ? text.length() : close);
        }
        return text;
    }

    private static String firstParagraph(String text) {
        String stripped = text.strip();
        Matcher gap = GAP.matcher(stripped);
        return gap.find() ? stripped.substring(0, gap.start()) : stripped;
    }

    private static String lastParagraph(String text) {
        String[] paragraphs = GAP.split(text.strip(), -1);
        for (int i = paragraphs.length - 1; i > 0; i--) {
            String paragraph = unmarked(paragraphs[i]);
            String lower = paragraph.toLowerCase(Locale.ROOT);
            if (!paragraph.isEmpty() && CLOSINGS.stream().noneMatch(lower::startsWith)) {
                return paragraph;
            }
        }
        return unmarked(paragraphs[0]);
    }

    /** Emphasis around a whole answer is no part of it. */
    private static String unmarked(String text) {
        String bare = text.strip();
        int start = 0;
        int end = bare.length();
        while (isMark(bare, start, end)) {
            start += 2;
            while (start < end && Character.isWhitespace(bare.charAt(start))) {
                start++;
            }
        }
        while (isMark(bare, end - 2, end) && end - 2 >= start) {
            end -= 2;
            while (end > start && Character.isWhitespace(bare.charAt(end - 1))) {
                end--;
            }
        }
        return bare.substring(start, end);
    }

    private static boolean isMark(String text, int at, int end) {
        return at >= 0 && at + 2 <= end && (text.startsWith("**", at) || text.startsWith("__", at));
    }
}
