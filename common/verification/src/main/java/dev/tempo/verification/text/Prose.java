package dev.tempo.verification.text;

import dev.tempo.verification.parsing.UnicodeForms;
import dev.tempo.verification.parsing.Units;
import dev.tempo.verification.parsing.Vocabulary;
import java.util.regex.Pattern;

/** Prose, and how it is told from formulas. */
final class Prose {
    private static final Pattern INEQUALITY =
            Pattern.compile("[<>≤≥≠]|\\\\(?:[lg]eq?(?:slant|q)?|neq?|[lg]t)(?![a-z])");
    private static final Pattern OR = Pattern.compile("\\bor\\b");
    private static final Pattern AND = Pattern.compile("\\band\\b");

    private Prose() {}

    static String fullWidthPunctuation(String text) {
        return text.replace('：', ':')
                .replace('，', ',')
                .replace("。", ". ")
                .replace('（', '(')
                .replace('）', ')');
    }

    static boolean isInequality(String text) {
        return INEQUALITY.matcher(text).find();
    }

    /**
     * The word that joins two parts of one answer: "and" and "or" count between inequalities alone.
     *
     * @param inequalities whether one of the parts is one
     */
    static String joint(String gap, boolean inequalities) {
        if (!inequalities) {
            return " , ";
        }
        boolean alternatives = gap.contains("或") || OR.matcher(gap).find();
        boolean together = gap.indexOf('且') >= 0 || AND.matcher(gap).find();
        return alternatives ? " \\text{ or } " : together ? " \\text{ and } " : " , ";
    }

    /** At least two words of a natural language outside commands and {@code \text}. */
    static boolean isProse(String text) {
        int words = 0;
        for (int at = 0; at < text.length(); ) {
            char character = text.charAt(at);
            if (character == '\\') {
                int end = at + 1;
                while (end < text.length() && isLatin(text.charAt(end))) {
                    end++;
                }
                if (end < text.length()
                        && text.charAt(end) == '{'
                        && (Vocabulary.QUOTING.contains(text.substring(at + 1, end))
                                || text.startsWith("\\begin", at)
                                || text.startsWith("\\end", at))) {
                    int close = text.indexOf('}', end);
                    end = close < 0 ? text.length() : close;
                }
                at = Math.max(end, at + 1);
            } else if (Character.isLetter(character)) {
                int end = at;
                while (end < text.length() && Character.isLetter(text.charAt(end))) {
                    end++;
                }
                String word = text.substring(at, end);
                boolean subscript =
                        at > 0 && (text.charAt(at - 1) == '_' || text.startsWith("_{", Math.max(0, at - 2)));
                if (!subscript && isWord(word)) {
                    // Scripts without spaces write whole sentences as one run.
                    words += Math.max(word.codePointAt(0), word.codePointBefore(word.length())) > 0x2ff ? 2 : 1;
                }
                at = end;
            } else {
                at++;
            }
            if (words >= 2) {
                return true;
            }
        }
        return false;
    }

    private static boolean isWord(String word) {
        if (word.codePoints()
                .anyMatch(letter -> letter > 0x2ff
                        && UnicodeForms.normalize(Character.toString(letter)).equals(Character.toString(letter)))) {
            return word.length() > 1;
        }
        boolean name = word.chars().allMatch(Character::isUpperCase) && word.length() <= 4;
        return word.length() > 1 && !name && Vocabulary.word(word) == null && !Units.isUnit(word);
    }

    private static boolean isLatin(char character) {
        return character >= 'a' && character <= 'z' || character >= 'A' && character <= 'Z';
    }
}
