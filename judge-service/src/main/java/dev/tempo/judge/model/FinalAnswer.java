package dev.tempo.judge.model;

import dev.tempo.verification.AnswerExtraction;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of a response that is judged: what stands in its last box, else what follows the last "answer:" or "the answer
 * is", else its last paragraph. Unlike mathematics, free text is never narrowed to its last number.
 */
final class FinalAnswer {
    private static final Pattern PHRASE = Pattern.compile(
            "(?:final answer|answer|answers|solution)(?: is| are|\\s*[:\uFF1A])|答案是|答案[:\uFF1A]|答[:\uFF1A]"
                    + "|réponse est|respuesta es|antwort ist",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern HARMONY = Pattern.compile("<\\|channel\\|>\\s*final[^<]*<\\|message\\|>");
    private static final Pattern TURN_END = Pattern.compile("<\\|(?:im_end|endoftext|end|return|eot_id)\\|>|</s>");
    private static final Pattern PARAGRAPHS = Pattern.compile("\\n\\s*\\n");
    private static final List<String> CLOSINGS =
            List.of("i hope", "hope this", "hope that", "let me know", "feel free", "if you have any", "please let me");

    private FinalAnswer() {}

    /** Never null; empty where the response gives no answer, as while its reasoning has not ended. */
    static String of(String response) {
        String text = withoutReasoning(response);
        if (text.contains("\\boxed") || text.contains("\\fbox")) {
            return AnswerExtraction.answer(text).strip();
        }
        String stated = "";
        Matcher phrases = PHRASE.matcher(text);
        while (phrases.find()) {
            String after = unmarked(paragraphs(text.substring(phrases.end()))[0]);
            stated = after.isEmpty() ? stated : after;
        }
        return stated.isEmpty() ? lastParagraph(text) : stated;
    }

    private static String withoutReasoning(String response) {
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
        int tag = text.lastIndexOf("<answer>");
        if (tag >= 0) {
            int close = text.indexOf("</answer>", tag);
            text = text.substring(tag + "<answer>".length(), close < 0 ? text.length() : close);
        }
        return text;
    }

    private static String lastParagraph(String text) {
        String[] paragraphs = paragraphs(text);
        for (int i = paragraphs.length - 1; i > 0; i--) {
            String paragraph = unmarked(paragraphs[i]);
            String lower = paragraph.toLowerCase(Locale.ROOT);
            if (!paragraph.isEmpty() && CLOSINGS.stream().noneMatch(lower::startsWith)) {
                return paragraph;
            }
        }
        return unmarked(paragraphs[0]);
    }

    private static String[] paragraphs(String text) {
        return PARAGRAPHS.split(text.strip(), -1);
    }

    /** Emphasis around a whole answer is no part of it. */
    private static String unmarked(String text) {
        String bare = text.strip();
        while (bare.startsWith("**") || bare.startsWith("__")) {
            bare = bare.substring(2).strip();
        }
        while (bare.endsWith("**") || bare.endsWith("__")) {
            bare = bare.substring(0, bare.length() - 2).strip();
        }
        return bare;
    }
}
