package dev.tempo.verification;

import dev.tempo.plugin.Outcome;
import dev.tempo.verification.text.AnswerExtraction;
import dev.tempo.verification.text.Boxes;
import dev.tempo.verification.text.Stance;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A verifier of words by exact match: case, articles, punctuation and spacing are ignored. The response matches as a
 * whole, by its boxed part, or by what follows "the answer is".
 */
public final class TextVerifier {
    private static final List<String> PHRASES = List.of("answer is", "answer:");

    public Verification verify(String gold, String response) {
        String text = AnswerExtraction.withoutReasoning(response);
        String expected = normalized(gold);
        List<String> candidates = new ArrayList<>();
        candidates.add(text);
        Boxes.Found boxed = Boxes.last(text);
        if (boxed != null) {
            candidates.add(boxed.content());
        }
        String lower = text.toLowerCase(Locale.ROOT);
        for (String phrase : PHRASES) {
            int at = lower.length() == text.length() ? lower.lastIndexOf(phrase) : -1;
            if (at >= 0 && isStated(text, at + phrase.length())) {
                candidates.add(text.substring(at + phrase.length()));
                candidates.add(
                        text.substring(at + phrase.length()).lines().findFirst().orElse(""));
            }
        }
        for (String candidate : candidates) {
            if (!expected.isEmpty() && expected.equals(normalized(candidate))) {
                return new Verification(Outcome.CORRECT, "text", "The words are the same", 1);
            }
        }
        return new Verification(Outcome.WRONG, "text", "The words differ", 1);
    }

    private static boolean isStated(String text, int start) {
        int line = text.indexOf('\n', start);
        Stance stance = Stance.of(text, start, line < 0 ? text.length() : line);
        return stance == Stance.STATED || stance == Stance.BOUNDED;
    }

    /** Words in lower case without articles; signs alone where a text has no words, as in "] ] >". */
    static String normalized(String text) {
        StringBuilder normalized = new StringBuilder();
        StringBuilder word = new StringBuilder();
        for (int at = 0; at <= text.length(); at++) {
            char character = at < text.length() ? text.charAt(at) : ' ';
            if (Character.isLetterOrDigit(character)) {
                word.append(Character.toLowerCase(character));
            } else if (Character.isWhitespace(character)) {
                String complete = word.toString();
                boolean article = complete.equals("a") || complete.equals("an") || complete.equals("the");
                if (!complete.isEmpty() && !article) {
                    normalized.append(normalized.isEmpty() ? "" : " ").append(complete);
                }
                word.setLength(0);
            }
        }
        return normalized.isEmpty() ? String.join("", text.strip().split("\\s+")) : normalized.toString();
    }
}
