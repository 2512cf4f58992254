package dev.tempo.judge;

import dev.tempo.verification.choice.AnswerOptions;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What kind of answer a reference is. Linear in its arguments, whatever they hold. */
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

    private References() {}

    /** A JSON object with header and rows, as ZebraLogic's solutions are. */
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

    /** Brackets and nothing between them, as the endings of BBH's Dyck words are. */
    static boolean isBrackets(String reference) {
        return !reference.isBlank() && reference.chars().allMatch(sign -> "()[]{}<> ".indexOf(sign) >= 0);
    }

    /** Several blanks, separated by semicolons outside words. */
    static boolean hasBlanks(String reference) {
        return reference.indexOf(';') > 0 && !isWords(reference);
    }

    /**
     * Words alone: no digit, sign or formula that could mean something else once punctuation is forgotten. A dash is a
     * minus sign unless there is a word too long for a product of variables.
     */
    static boolean isWords(String reference) {
        return reference.length() <= LONGEST
                && WORDS.matcher(reference).matches()
                && WORD.matcher(reference).find()
                && (reference.indexOf('-') < 0 || LONG_WORD.matcher(reference).find());
    }

    /** Words of which there may be others that say the same; numbers and formulas have the verifiers' last word. */
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
}
