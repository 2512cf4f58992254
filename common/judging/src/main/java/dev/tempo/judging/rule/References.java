package dev.tempo.judging.rule;

import dev.tempo.verification.choice.AnswerOptions;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The kinds of answers that references are. Every question takes time linear in its arguments, whatever they hold. */
final class References {
    private static final int LONGEST = 10_000;
    private static final int LONGEST_CHOICE = 200;
    private static final Pattern LETTERS =
            Pattern.compile("[\\s(\\[\"']*[A-Z](?:[\\s,;&()\\[\\]\"']*[A-Z]){0,9}[\\s)\\].\"']*");
    private static final Pattern SMALL_LETTER = Pattern.compile("\\s*(?:\\([a-z]\\)|[a-z])\\s*");
    private static final Pattern WORDS = Pattern.compile("[\\p{L}\\p{M}\\s,.;:'’\"“”()?&-]*");
    private static final Pattern WORD = Pattern.compile("\\p{L}{3}|\\p{IsHan}");
    private static final Pattern LONG_WORD = Pattern.compile("\\p{L}{5}");
    private static final Set<String> CLOSED =
            Set.of("yes", "no", "true", "false", "valid", "invalid", "plausible", "implausible", "none");

    private static final Pattern COMMAND = Pattern.compile("\\\\[A-Za-z]+");
    private static final Pattern LONGER_WORD = Pattern.compile("\\p{L}{3,}");
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

    private References() {}

    /** Whether a reference is a JSON object with header and rows, as ZebraLogic's solutions are. */
    static boolean isGrid(String reference) {
        return reference.stripLeading().startsWith("{")
                && reference.contains("\"header\"")
                && reference.contains("\"rows\"");
    }

    /** The options of the question, where the reference is letters of them or one of the words it lets choose between. */
    static @Nullable AnswerOptions choice(String question, String reference) {
        if (reference.length() > LONGEST_CHOICE) {
            return null;
        }
        if (!LETTERS.matcher(reference).matches()
                && !SMALL_LETTER.matcher(reference).matches()) {
            return AnswerOptions.wordsOf(question, reference);
        }
        AnswerOptions options = AnswerOptions.lettersOf(question);
        boolean listed = options != null
                && reference
                        .toUpperCase(Locale.ROOT)
                        .chars()
                        .filter(Character::isLetter)
                        .allMatch(letter -> letter - 'A' < options.labels().size());
        return listed ? options : null;
    }

    /** Whether a reference is brackets and nothing between them, as the endings of BBH's Dyck words are. */
    static boolean isBrackets(String reference) {
        return !reference.isBlank() && reference.chars().allMatch(sign -> "()[]{}<> ".indexOf(sign) >= 0);
    }

    /** Whether a reference is several blanks, separated by semicolons outside words. */
    static boolean hasBlanks(String reference) {
        return reference.indexOf(';') > 0 && !isWords(reference);
    }

    /**
     * Whether a reference is words alone: no digit, sign or formula that could mean something else once punctuation is
     * forgotten. A dash is a minus sign unless there is a word too long for a product of variables.
     */
    static boolean isWords(String reference) {
        return reference.length() <= LONGEST
                && WORDS.matcher(reference).matches()
                && WORD.matcher(reference).find()
                && (reference.indexOf('-') < 0 || LONG_WORD.matcher(reference).find());
    }

    /** Whether a reference is in words that others may say as well; numbers and formulas have no other wording. */
    static boolean isFreeForm(String reference) {
        String plain = reference.strip().toLowerCase(Locale.ROOT);
        if (plain.length() > LONGEST) {
            return true;
        }
        if (isGrid(plain)
                || CLOSED.contains(plain)
                || LETTERS.matcher(reference.strip()).matches()) {
            return false;
        }
        boolean formula = plain.chars().anyMatch(sign -> "\\$=^_{}".indexOf(sign) >= 0);
        return isWords(plain) || !formula && WORD.matcher(plain).results().count() > 1;
    }

    /** Whether a reference has many right wordings, for a judge that compares by value or by letter: one without numbers
     * that holds a word, or one with numbers and more words than a unit has. {@link #isFreeForm} is the stricter question of
     * {@link RulesJudge}, which compares words too. */
    static boolean mayBeWordedOtherwise(String reference) {
        String text = COMMAND.matcher(reference).replaceAll(" ").strip();
        if (LABEL.matcher(text).matches()) {
            return false;
        }
        int words = 0;
        Matcher found = LONGER_WORD.matcher(text);
        while (found.find()) {
            String word = found.group().toLowerCase(Locale.ROOT);
            if (!OF_FORMULAS.contains(word) && VOWEL.matcher(word).find()) {
                words++;
            }
        }
        return text.chars().anyMatch(Character::isDigit) ? words > WORDS_OF_A_UNIT : words > 0;
    }
}
