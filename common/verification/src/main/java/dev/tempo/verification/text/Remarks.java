package dev.tempo.verification.text;

import dev.tempo.verification.parsing.Units;
import dev.tempo.verification.parsing.Vocabulary;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Remarks that a sentence adds behind its answer: {@code 34, not 43}, {@code 18 (i.e. 3 + 15)}, {@code 18，因为…}. */
public final class Remarks {
    private static final int WINDOW = 400;
    /** No white space is given back: hundreds of blanks would be parted in every way. */
    private static final String JOINT = "(?:\\s*+[,;，；]\\s*+|\\s*+[—–]\\s*+|\\s++-\\s++|\\s++)[(（\\[]?\\s*+";

    private static final Pattern REASON = Pattern.compile(
            JOINT
                    + "(?:(?:but |and )?not|i\\.\\s?e|ie|that is|since|because|as|which|rather than|instead of|obtained|computed"
                    + "|from|see|namely|using|due to|found|derived|given that|so that|after)\\b",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern REASON_IN_CHINESE =
            Pattern.compile("\\s*+[,;，；(（]?\\s*+(?:因为|由于|而不是|而非|不是|即|见|也就是|理由|其中)");
    private static final Pattern CONDITION = Pattern.compile(
            JOINT + "(?:for|at|when|by|with|in)\\b(?!.*\\b(?:and|or|otherwise|else)\\b)", Pattern.CASE_INSENSITIVE);
    private static final Pattern BRACKET =
            Pattern.compile("\\s[(（\\[]\\s*(?:[aA] (?=[a-z]))?(?<word>[A-Za-z]{2,}|\\p{IsHan}+)");

    private static final Pattern CONTRAST = Pattern.compile(
            "\\s*(?:[,，]\\s*(?:(?:but |and )?not\\b|不是)|\\brather than\\b|\\binstead of\\b|[,，]?\\s*(?:而不是|而非)).*$",
            Pattern.DOTALL);

    /** A number, a comma or the like, and a word: no list goes on like this. */
    private static final Pattern TAIL = Pattern.compile(
            "^[^\\p{L}\\d]*(?<value>(?:[A-Za-z]\\s*=\\s*)?[-+−]?\\$?\\d[\\d.,/]*(?<![.,])[%°$]*)"
                    + "(?:\\s*[,;，；:：—–]\\s*|\\s*[(（]=?\\s*)(?<word>[A-Za-z]{2,}|\\p{IsHan}+|(?<=:\\s)\\d|(?<=\\(=\\s?)\\d)");

    private static final Pattern PLACE_WORD = Pattern.compile("\\b(?:at|when|where|for)\\b|当");
    private static final Pattern PLACE = Pattern.compile(
            "\\s*[,，(]?\\s*(?:\\\\text\\s*\\{\\s*)?[,，(]?\\s*"
                    + "(?:(?:attained |achieved |reached |taken |occurs |occurring )?(?:at|when|where|for)\\b|当)\\s*\\}?\\s*\\$?\\s*[a-zA-Z](?:_\\w)?\\s*=[^=,;<>]{1,30}$");

    private static final int MAX_GAP = 80;
    private static final Pattern BEHIND = Pattern.compile(
            "\\s*[,;，；]?\\s*(?:(?:which\\b(?! (?:gives?|yields?|makes?|leaves?|equals|implies|means|is(?! not)|are|comes))|since|because|when|where|attained|achieved|reached|occurring)\\b"
                    + "|(?:is |are )?(?:attained|achieved|reached|taken) (?:at|when|for)\\b|at [a-z] ?=|此时|当|因为|由于)[^.!?。]*$"
                    + "|\\s[(（](?:which|since|because|when|where|as|attained|at|the|from)?\\s*(?:[a-z]\\s*=?)?\\s*$",
            Pattern.CASE_INSENSITIVE);

    private Remarks() {}

    /** The value without the place where it is taken on, {@code 10 \\text{ at } x = 2}, unless the reference names one. */
    public static String withoutPlace(String answer, String reference) {
        if (answer.length() > WINDOW
                || !PLACE_WORD.matcher(answer).find()
                || PLACE_WORD.matcher(reference).find()) {
            return answer;
        }
        return answer.substring(0, first(PLACE, answer, answer.length()));
    }

    /** Whether what stands between two numbers makes the second one a remark on the first. */
    static boolean follows(String text, PlainAnswers.Candidate answer, PlainAnswers.Candidate remark) {
        int start = answer.end();
        while (start > answer.start() && ",(;，（ ".indexOf(text.charAt(start - 1)) >= 0) {
            start--;
        }
        String gap = text.substring(start, Math.max(start, remark.start()));
        return gap.length() <= MAX_GAP
                && answer.content().chars().anyMatch(Character::isDigit)
                && BEHIND.matcher(gap).lookingAt();
    }

    /** The text without the other value that it says it is not. */
    static String withoutContrast(String text) {
        return text.length() > WINDOW ? text : text.substring(0, first(CONTRAST, text, text.length()));
    }

    /** The text up to the first remark behind a number or a formula; all of it where there is none. */
    static String cut(String text) {
        String head = text.length() <= WINDOW ? text : text.substring(0, WINDOW);
        int end = first(REASON, head, text.length());
        end = first(REASON_IN_CHINESE, head, end);
        end = first(CONDITION, sentence(head), end);
        Matcher tail = TAIL.matcher(head);
        if (tail.find() && Vocabulary.word(tail.group("word")) == null && !Units.isUnit(tail.group("word"))) {
            end = Math.min(tail.end("value"), end);
        }
        Matcher bracket = BRACKET.matcher(head);
        while (bracket.find() && bracket.start() < end) {
            String word = bracket.group("word");
            boolean unit = Units.isUnit(word) && head.startsWith(")", bracket.end());
            if (holdsAnAnswer(head, bracket.start()) && Vocabulary.word(word) == null && !unit) {
                end = bracket.start();
            }
        }
        return text.substring(0, end);
    }

    private static int first(Pattern remark, String text, int otherwise) {
        Matcher found = remark.matcher(text);
        while (found.find()) {
            if (holdsAnAnswer(text, found.start())) {
                return Math.min(found.start(), otherwise);
            }
        }
        return otherwise;
    }

    private static String sentence(String text) {
        int end = text.indexOf(". ");
        int line = text.indexOf('\n');
        end = end < 0 ? text.length() : end;
        return text.substring(0, line < 0 ? end : Math.min(end, line));
    }

    /** Whether a number stands at the end, outside of formulas that are still open. */
    private static boolean holdsAnAnswer(String text, int end) {
        int dollars = 0;
        int open = 0;
        boolean digit = false;
        for (int at = 0; at < end; at++) {
            char character = text.charAt(at);
            dollars += character == '$' ? 1 : 0;
            open += character == '(' || character == '[' || character == '{' ? 1 : 0;
            open -= character == ')' || character == ']' || character == '}' ? 1 : 0;
            digit |= Character.isDigit(character);
        }
        return digit && dollars % 2 == 0 && open <= 0;
    }
}
