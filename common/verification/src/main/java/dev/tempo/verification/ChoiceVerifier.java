package dev.tempo.verification;

import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Multiple choice by letters. A question with several right letters is answered only by all of them. The reference may
 * be the letter or the option it stands before.
 */
public final class ChoiceVerifier {
    private static final String[] PHRASES = {
        "answer is",
        "answers are",
        "answer:",
        "answer",
        "option is",
        "choice is",
        "choose",
        "réponse est",
        "respuesta es",
        "antwort ist",
        "答案是",
        "答案为",
        "答案选",
        "答案:",
        "答案",
        "选择",
        "故选"
    };

    public Verification verify(String gold, String response) {
        SortedSet<Character> chosen = letters(response);
        if (chosen.isEmpty()) {
            return new Verification(Outcome.WRONG, "choice", "The response chooses no letter", 1);
        }
        SortedSet<Character> right = letters(gold);
        return Verification.of(right.equals(chosen), "choice", "Chosen " + chosen + ", right " + right, 1);
    }

    /** The letters a text settles on, in order; empty if it settles on none. */
    public static SortedSet<Character> letters(String response) {
        String text = Prose.fullWidthPunctuation(AnswerExtraction.withoutReasoning(response))
                .replace("**", "");
        Boxes.Found boxed = Boxes.last(text);
        SortedSet<Character> letters = boxed == null ? bare(text) : bare(boxed.content());
        if (letters.isEmpty()) {
            letters = stated(text);
        }
        if (letters.isEmpty()) {
            letters = opening(text);
        }
        return letters.isEmpty() ? last(text) : letters;
    }

    /** A text of nothing but letters: {@code C}, {@code (B)}, {@code ACD}, {@code A and C}. */
    private static SortedSet<Character> bare(String text) {
        String plain = text.replace("\\text", " ")
                .replace("\\mathrm", " ")
                .replace(" and ", " ")
                .strip();
        SortedSet<Character> letters = new TreeSet<>();
        int run = 0;
        for (int at = 0; at < plain.length(); at++) {
            char character = plain.charAt(at);
            if (character >= 'A' && character <= 'Z') {
                if (++run > 10 || !letters.add(character)) {
                    return new TreeSet<>();
                }
            } else if (" ,;、&()[]{}'\".$\\/".indexOf(character) < 0) {
                return new TreeSet<>();
            }
        }
        return letters;
    }

    /** The first letter after the last "the answer is", and those listed with it. */
    private static SortedSet<Character> stated(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        int start = -1;
        if (lower.length() == text.length()) {
            for (String phrase : PHRASES) {
                int at = lower.lastIndexOf(phrase);
                start = Math.max(start, at < 0 ? -1 : at + phrase.length());
            }
        }
        SortedSet<Character> letters = new TreeSet<>();
        int previous = -1;
        for (int at = Math.max(start, 0); start >= 0 && at < text.length(); at++) {
            if (isLetter(text, at)) {
                if (previous >= 0 && !lists(text.substring(previous + 1, at))) {
                    return letters;
                }
                letters.add(text.charAt(at));
                previous = at;
            } else if (previous < 0 && isRun(text, at)) {
                for (; at < text.length() && isCapital(text.charAt(at)); at++) {
                    letters.add(text.charAt(at));
                }
                return letters;
            }
        }
        return letters;
    }

    /** Whether a letter and the next belong to one answer. */
    private static boolean lists(String gap) {
        String plain = gap.replace('(', ' ').replace(')', ' ').strip();
        return plain.equals(",")
                || plain.equals("and")
                || plain.equals(", and")
                || plain.equals("&")
                || plain.equals("、")
                || plain.equals("和");
    }

    /** {@code A. Because ...}, {@code (C) Cecile}, {@code C Cecile}. */
    private static SortedSet<Character> opening(String text) {
        String plain = text.strip();
        int at = plain.startsWith("(") ? 1 : 0;
        SortedSet<Character> letters = new TreeSet<>();
        if (plain.length() > at + 1 && isCapital(plain.charAt(at))) {
            char next = plain.charAt(at + 1);
            boolean option = next == ' ' && plain.length() > at + 2 && Character.isUpperCase(plain.charAt(at + 2));
            if (".):,".indexOf(next) >= 0 || option) {
                letters.add(plain.charAt(at));
            }
        }
        return letters;
    }

    private static SortedSet<Character> last(String text) {
        SortedSet<Character> letters = new TreeSet<>();
        for (int at = text.length() - 1; at >= 0; at--) {
            if (isLetter(text, at)) {
                letters.add(text.charAt(at));
                return letters;
            }
        }
        return letters;
    }

    private static boolean isCapital(char character) {
        return character >= 'A' && character <= 'Z';
    }

    /** A capital that stands alone and is no pronoun or article. */
    private static boolean isLetter(String text, int at) {
        char letter = text.charAt(at);
        if (!isCapital(letter) || joined(text, at - 1) || joined(text, at + 1)) {
            return false;
        }
        boolean bracketed = at > 0 && text.charAt(at - 1) == '(';
        boolean wordFollows =
                text.startsWith(" ", at + 1) && at + 2 < text.length() && Character.isLowerCase(text.charAt(at + 2));
        boolean verb = text.startsWith(" is ", at + 1)
                || text.startsWith(" and ", at + 1)
                || text.startsWith(" because ", at + 1)
                || text.startsWith(" or ", at + 1)
                || text.startsWith(" non ", at + 1);
        return bracketed || (letter != 'I' || !wordFollows) && (letter != 'A' || !wordFollows || verb);
    }

    private static boolean joined(String text, int at) {
        if (at < 0 || at >= text.length()) {
            return false;
        }
        char neighbour = text.charAt(at);
        boolean latin = neighbour < 0x2ff && Character.isLetterOrDigit(neighbour);
        return latin || neighbour == '\'' || neighbour == '’' || neighbour == '-';
    }

    /** Several capitals in a row that are letters of options, such as ABD. */
    private static boolean isRun(String text, int at) {
        int end = at;
        while (end < text.length()
                && isCapital(text.charAt(end))
                && (end == at || text.charAt(end) > text.charAt(end - 1))) {
            end++;
        }
        return end - at >= 2 && end - at <= 6 && !joined(text, at - 1) && !joined(text, end);
    }
}
