package dev.tempo.datasets.comparison;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * The key of a question: the part of its text that tells it from other questions. Two texts have the same key if they
 * differ only in standing instructions before and behind ("Please reason step by step …"), a number or label before,
 * formula delimiters ({@code $…$}, {@code \(…\)}), white space, case, forms of characters (dashes, quotes, widths, x²
 * for x^2), spellings of the same LaTeX ({@code \dfrac} and {@code \frac}), or punctuation at the end. Every number,
 * operator and word of the question itself stays, in its order: a question within a longer one, or with another number,
 * has another key.
 */
public final class QuestionKey {
    private static final Set<String> ENDS = Set.of(".", "?", ";", ":", ",", "=", "...");

    private static final List<String> FIRST_OPTION = List.of("(", "a", ")");
    private static final Set<String> HEADINGS = Set.of("options", "choices", "answer", "选", "项");

    private QuestionKey() {}

    /** The key of a text; never empty. */
    public static String of(String text) {
        StringBuilder key = new StringBuilder();
        for (String token : tokens(text)) {
            boolean numbers = !key.isEmpty()
                    && Character.isDigit(token.charAt(0))
                    && (Character.isDigit(key.charAt(key.length() - 1)) || key.charAt(key.length() - 1) == '.');
            key.append(numbers ? " " : "").append(token);
        }
        return key.toString();
    }

    /** The words, numbers and signs that make the key of a text; at least one. */
    public static List<String> tokens(String text) {
        String plain = CharacterForms.plain(TextMarkup.without(text));
        List<String> tokens = endless(aboveOptions(FormulaTokens.tokens(CharacterForms.caseless(bare(plain)))));
        return tokens.isEmpty() ? List.of(plain.isBlank() ? text : plain.strip()) : tokens;
    }

    /** The text without what publishers put around it; instructions and numbers may take turns. */
    private static String bare(String text) {
        String bare = text.strip();
        while (true) {
            String less = QuestionNumber.without(StandingInstructions.without(Labels.without(bare)));
            if (less.equals(bare)) {
                return bare;
            }
            bare = less;
        }
    }

    /** The tokens without those between a question and its options: punctuation, {@code Options:}. */
    private static List<String> aboveOptions(List<String> tokens) {
        int options = Collections.indexOfSubList(tokens, FIRST_OPTION);
        if (options < 1 || !tokens.subList(options, tokens.size()).contains("b")) {
            return tokens;
        }
        List<String> question = endless(tokens.subList(0, options));
        while (question.size() > 1
                && question.size() < options
                && HEADINGS.contains(question.get(question.size() - 1))) {
            question = endless(question.subList(0, question.size() - 1));
        }
        List<String> joined = new ArrayList<>(question);
        joined.addAll(tokens.subList(options, tokens.size()));
        return joined;
    }

    /**
     * The tokens without punctuation or an equals sign at the end, or the brackets that Chinese exams leave for the
     * answer.
     */
    private static List<String> endless(List<String> tokens) {
        int kept = tokens.size();
        while (kept > 0) {
            String last = tokens.get(kept - 1);
            String before = kept > 1 ? tokens.get(kept - 2) : "";
            String third = kept > 2 ? tokens.get(kept - 3) : "";
            if (ENDS.contains(last) || isExclaimed(last, before)) {
                kept--;
            } else if (last.equals(")")
                    && before.equals("(")
                    && !third.isEmpty()
                    && Character.isIdeographic(third.codePointAt(0))) {
                kept -= 2;
            } else {
                break;
            }
        }
        return tokens.subList(0, kept);
    }

    /** Whether an exclamation mark ends a sentence; behind a number or a single letter it is a factorial. */
    private static boolean isExclaimed(String sign, String before) {
        boolean sentence = ENDS.contains(before) || before.length() > 1 && Character.isLetter(before.charAt(0));
        return sign.equals("!") && sentence;
    }
}
