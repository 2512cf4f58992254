package dev.tempo.verification.text;

import dev.tempo.verification.text.PlainAnswers.Candidate;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The extraction of the final answer from a text: after the reasoning, the last boxed expressions, else what follows
 * "the answer is", else the last formula or number. One pass over the text for each rule, whatever it holds.
 */
public final class AnswerExtraction {
    private static final String[] STRONG = {
        "final answer is", "final answer:", "final answer", "final result is", "final result:"
    };
    private static final int LONGEST_STRONG = "final answer is".length();
    private static final String[] PHRASES = {
        "final answer is",
        "final answer:",
        "answers are",
        "answer is",
        "answer:",
        "answer would be",
        "answer\n",
        "answer",
        "solution is",
        "solutions are",
        "答案是",
        "答案为",
        "答案:",
        "答案",
        "réponse est",
        "réponse:",
        "réponse :",
        "respuesta:",
        "resposta:",
        "risposta:",
        "antwort:",
        "ответ:",
        "respuesta es",
        "antwort ist"
    };
    private static final String[] OPENINGS = {
        "so",
        "thus",
        "therefore",
        "hence",
        "then",
        "is",
        "are",
        "exactly",
        "precisely",
        "simply",
        "just",
        "indeed",
        "clearly",
        "definitely",
        "obviously",
        "actually",
        "namely",
        "equal to",
        "given by"
    };
    private static final String[] CLOSINGS = {"i hope it is correct", "i hope this is correct", "<|"};

    private static final Pattern EASTERN_LABEL = Pattern.compile("^\\p{IsHan}{1,8}\\s*[:：]\\s*");
    private static final Pattern OR = Pattern.compile("(?i)(?:\\\\text\\{)?\\s*(?:\\bor\\b|或者?)\\s*\\}?");

    private AnswerExtraction() {}

    /**
     * The answer in a model's response, empty if there is none: an unclosed {@code <think>} holds no answer, nor does a
     * sentence that denies, bounds or doubts what it names ({@link Stance}).
     */
    public static String answer(String response) {
        return find(withoutReasoning(response), true);
    }

    /**
     * The last complete box of a model's response, whatever stands around it; null where there is none behind the reasoning, or none
     * that has an answer. Several boxes of one answer come out as one.
     */
    public static @Nullable String lastBox(String response) {
        Boxes.Found last = Boxes.lastComplete(beforeNextTurn(withoutThoughts(response)));
        if (last == null || last.content().contains("boxed") || last.content().contains("fbox")) {
            return null;
        }
        String box = "\\boxed{" + last.content() + "}";
        return answer(box).isEmpty() ? null : box;
    }

    /** The answer in the {@linkplain #lastBox last box} of a model's response; null where that has none. */
    public static @Nullable String boxed(String response) {
        String box = lastBox(response);
        return box == null ? null : answer(box);
    }

    /** The last of several boxes on lines with labels of their own, which may answer the question alone; else null. */
    public static @Nullable String lastOfLabelled(String response) {
        Boxes.Found boxed = Boxes.last(withoutReasoning(response));
        return boxed == null || boxed.alone() == null ? null : trimmed(boxed.alone());
    }

    /** The text that follows the reasoning, or stands in the last {@code <answer>} tags. */
    public static String withoutReasoning(String response) {
        if (response.indexOf('<') < 0) {
            return response;
        }
        String text = withoutThoughts(response);
        int tag = text.lastIndexOf("<answer>");
        if (tag >= 0) {
            int end = text.indexOf("</answer>", tag);
            text = text.substring(tag + "<answer>".length(), end < 0 ? text.length() : end);
        }
        return text;
    }

    /** The answer in a reference, which may be the bare answer or a worked solution. */
    public static String reference(String gold) {
        return find(gold, false);
    }

    private static String withoutThoughts(String response) {
        int closed = response.lastIndexOf("</think>");
        String text = closed < 0 ? response : response.substring(closed + "</think>".length());
        int open = text.indexOf("<think>");
        return open < 0 ? text : text.substring(0, open);
    }

    private static String beforeNextTurn(String text) {
        int turn = text.indexOf("<|im_");
        return turn > 0 ? text.substring(0, turn) : text;
    }

    private static String find(String raw, boolean strict) {
        String text = beforeNextTurn(raw);
        Boxes.Found boxed = Boxes.last(text);
        if (boxed != null) {
            int from = Math.max(0, boxed.end() - LONGEST_STRONG); // only what ends behind the box takes its place
            int after = from + lastPhrase(text.substring(from), STRONG);
            String stated = after > boxed.end() ? stated(cleaned(text), after, strict) : "";
            boolean box = stated.isEmpty() || stated.contains("boxed");
            return box && strict && isDenied(boxed.content()) ? "" : trimmed(box ? boxed.content() : stated);
        }
        String plain = cleaned(text);
        int after = lastPhrase(plain, PHRASES);
        if (after >= 0) {
            String stated = stated(plain, after, strict);
            if (!stated.isEmpty()) {
                return trimmed(stated);
            }
        }
        if (!isSentence(plain)) {
            String value = Remarks.withoutContrast(plain);
            return strict && isTakenBack(value) ? "" : trimmed(unlabelled(value));
        }
        Candidate last = PlainAnswers.last(plain);
        String content = strict && !isStated(plain, last) ? "" : last.content();
        String bold = Prose.isProse(content) || content.isEmpty() ? lastBold(text) : "";
        if (strict && !bold.isEmpty() && (content.isEmpty() || isTakenBack(bold))) {
            bold = "";
        }
        return trimmed(bold.isEmpty() ? content : bold);
    }

    /** {@code \\boxed{10 \\text{ is wrong}}}, {@code \\boxed{10?}}. */
    private static boolean isDenied(String box) {
        String plain = box.stripTrailing();
        if (plain.endsWith("?")) {
            return true;
        }
        int words = plain.indexOf("\\text{");
        if (words <= 0 || plain.length() > 200 || !Character.isDigit(plain.charAt(0))) {
            return false;
        }
        String sentence = plain.substring(0, words) + plain.substring(words + "\\text{".length());
        return Stance.of(sentence, 0, words) == Stance.DENIED;
    }

    private static String stated(String text, int after, boolean strict) {
        Candidate stated = after > text.length() ? null : PlainAnswers.after(text, after);
        return stated == null || strict && !isStated(text, stated) ? "" : stated.content();
    }

    /** Words in front of a candidate's value belong to the sentence around it. */
    private static boolean isStated(String text, Candidate answer) {
        int start = answer.start();
        // A word glued to a number, as in 10-ish, is no part of what was found.
        int found = text.startsWith(answer.content(), start)
                ? start + answer.content().length()
                : answer.end();
        int end = Math.min(found, text.length());
        for (int at = start; at < end; ) {
            int close = at;
            while (close < end && Character.isLetter(text.charAt(close))) {
                close++;
            }
            boolean name = close == at + 1 && !Character.isIdeographic(text.charAt(at));
            if (close == at && !Character.isWhitespace(text.charAt(at)) || name) {
                break;
            }
            at = Math.max(close, at + 1);
            start = at;
        }
        return answer.content().isEmpty() || Stance.of(text, Math.min(start, end), end) == Stance.STATED;
    }

    /** Chinese in front of a number makes a sentence of a single character. */
    private static boolean isSentence(String text) {
        String start = text.strip();
        return Prose.isProse(text) || !start.isEmpty() && Character.isIdeographic(start.codePointAt(0));
    }

    /** Whether a word beside a number takes it back: {@code not 10}, {@code 10?}. A list's "or" does not. */
    private static boolean isTakenBack(String text) {
        boolean plain = text.indexOf('?') < 0;
        for (int at = 0; at + 1 < text.length() && plain; at++) {
            plain = !(Character.isLetter(text.charAt(at)) && Character.isLetter(text.charAt(at + 1)));
        }
        if (plain || text.length() > 1_000) {
            return false;
        }
        String listed = OR.matcher(text).replaceAll(", ");
        return NumberRuns.in(listed, 0, listed.length()).stream()
                .anyMatch(run -> Stance.of(listed, run.start(), run.end()) != Stance.STATED);
    }

    /** A word and a colon introduce an answer; what follows an amount in dollars is a remark. */
    private static String unlabelled(String text) {
        String answer = text.strip();
        int colon = 0;
        while (colon < answer.length() && Character.isLetter(answer.charAt(colon))) {
            colon++;
        }
        int start = colon;
        while (start < answer.length() && answer.charAt(start) == ' ') {
            start++;
        }
        boolean labelled = colon >= 3 && start + 1 < answer.length() && answer.startsWith(": ", start);
        String value = labelled ? answer.substring(start + 1).strip() : answer;
        int dollar = value.indexOf('$');
        boolean amount = dollar > 0
                && value.lastIndexOf('$') == dollar
                && Character.isDigit(value.charAt(0))
                && Character.isDigit(value.substring(0, dollar)
                        .stripTrailing()
                        .charAt(value.substring(0, dollar).stripTrailing().length() - 1));
        return amount ? value.substring(0, dollar) : value;
    }

    /** The text between the last two pairs of asterisks, if it is short. */
    private static String lastBold(String text) {
        int close = text.lastIndexOf("**");
        int open = close < 2 ? -1 : text.lastIndexOf("**", close - 2);
        boolean found =
                open >= 0 && close - open < 60 && text.indexOf('\n', open) < 0 | text.indexOf('\n', open) > close;
        return found ? text.substring(open + 2, close) : "";
    }

    private static String cleaned(String text) {
        String plain = text.indexOf("**") >= 0 && Prose.isProse(text) ? text.replace("**", " ") : text;
        plain = Prose.fullWidthPunctuation(plain);
        String lower = plain.toLowerCase(Locale.ROOT);
        int end = plain.length();
        for (String closing : CLOSINGS) {
            int at = lower.lastIndexOf(closing);
            if (at > 0 && lower.length() == plain.length()) {
                end = Math.min(end, at);
            }
        }
        return plain.substring(0, end);
    }

    /** End of the phrase that starts last, or -1. */
    private static int lastPhrase(String text, String[] phrases) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.length() != text.length()) {
            lower = text;
        }
        int start = -1;
        int end = -1;
        for (String phrase : phrases) {
            int at = lower.lastIndexOf(phrase);
            while (at > start && phrase.equals("answer") && !formulaFollows(lower, at + phrase.length())) {
                at = lower.lastIndexOf(phrase, at - 1);
            }
            if (at > start || at == start && at + phrase.length() > end) {
                start = at;
                end = at + phrase.length();
            }
        }
        return start < 0 ? -1 : end;
    }

    private static boolean formulaFollows(String text, int from) {
        int at = from;
        while (at < text.length() && " *\n\"".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at < text.length()
                && (text.charAt(at) == '$' || text.startsWith("\\[", at) || text.startsWith("\\(", at));
    }

    private static String trimmed(String answer) {
        String text = answer.strip();
        int start = 0;
        int end = Math.max(start, TextForm.withoutPunctuation(text, ".,;:\"`*? "));
        while (start < end && "\"'`*:".indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        String value = text.substring(start, end).strip();
        return withoutOpening(EASTERN_LABEL.matcher(value).replaceFirst(""));
    }

    /** "So x = 4" is no name. */
    private static String withoutOpening(String answer) {
        for (String opening : OPENINGS) {
            if (answer.regionMatches(true, 0, opening, 0, opening.length())
                    && answer.length() > opening.length()
                    && " ,".indexOf(answer.charAt(opening.length())) >= 0) {
                return answer.substring(opening.length() + 1).strip();
            }
        }
        return answer;
    }
}
