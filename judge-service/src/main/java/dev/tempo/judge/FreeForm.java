package dev.tempo.judge;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells references that are written in words, which have many right wordings, from those that a rule compares by value.
 */
final class FreeForm {
    private static final Pattern COMMAND = Pattern.compile("\\\\[A-Za-z]+");
    private static final Pattern WORD = Pattern.compile("\\p{L}{3,}");
    private static final Pattern LABEL = Pattern.compile("[\\p{L}]{1,2}|\\([\\p{L}]\\)");
    private static final Pattern VOWEL =
            Pattern.compile("[aeiouy]|[^\\p{ASCII}]", Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    /** Names of functions and the words that join values. */
    private static final Set<String> OF_FORMULAS = Set.of(
            "sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh", "log",
            "exp", "sqrt", "abs", "max", "min", "gcd", "lcm", "mod", "det", "and", "pmatrix", "bmatrix", "matrix",
            "cases", "array");

    /** "12 cubic feet per second" is still a number with a unit. */
    private static final int WORDS_OF_A_UNIT = 4;

    private FreeForm() {}

    /** Whether a reference without numbers holds a word, or one with numbers more words than a unit has. */
    static boolean isWords(String reference) {
        String text = COMMAND.matcher(reference).replaceAll(" ").strip();
        if (LABEL.matcher(text).matches()) {
            return false;
        }
        int words = 0;
        Matcher found = WORD.matcher(text);
        while (found.find()) {
            String word = found.group().toLowerCase(Locale.ROOT);
            if (!OF_FORMULAS.contains(word) && VOWEL.matcher(word).find()) {
                words++;
            }
        }
        return text.chars().anyMatch(Character::isDigit) ? words > WORDS_OF_A_UNIT : words > 0;
    }
}
