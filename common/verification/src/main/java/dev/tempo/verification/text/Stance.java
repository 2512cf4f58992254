package dev.tempo.verification.text;

import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The stance of a sentence towards an answer that stands in it: only {@link #STATED} makes it the writer's answer.
 * English and Chinese; no more than a few hundred characters around the answer are read.
 */
public enum Stance {
    STATED,
    /** "10 is wrong", "it cannot be 10", "不是10". */
    DENIED,
    /** "perhaps 10", "10 or", "is it 10?", "也许是10". */
    HEDGED,
    /** "at least 10", "10 is an upper bound", "不超过10". */
    BOUNDED,
    /** "suppose it is 10", "if x = 10". */
    SUPPOSED,
    /** "see step 10", "10 attempts", "第10题". */
    CITED,
    /** "after 10 attempts I give up", "我不会做". */
    GIVEN_UP;

    private static final int WINDOW = 240;

    /**
     * The stance of a text towards what stands in it from start (inclusive) to end (exclusive), as offsets of
     * characters.
     *
     * @throws IndexOutOfBoundsException if the offsets do not lie in the text in this order
     */
    public static Stance of(String text, int start, int end) {
        Objects.checkFromToIndex(start, end, text.length());
        int last = end;
        while (last > start && ".,;:?!，。；？！".indexOf(text.charAt(last - 1)) >= 0) {
            last--;
        }
        return inSentence(text, start, last);
    }

    private static Stance inSentence(String text, int start, int end) {
        String before = plain(text.substring(sentenceStart(text, start), start));
        int close = sentenceEnd(text, end);
        String after = plain(text.substring(end, close));
        String clause = clause(before);
        String earlier = plain(text.substring(Math.max(0, start - WINDOW), start));
        String later = plain(text.substring(end, Math.min(text.length(), close + WINDOW)));
        if (finds(StancePhrases.SURRENDER_BEFORE, earlier)
                || finds(StancePhrases.SURRENDER, clause)
                || finds(StancePhrases.SURRENDER, later)) {
            return GIVEN_UP;
        }
        if (finds(StancePhrases.DENIED_WHATEVER_FOLLOWS, clause)
                || governs(clause)
                || finds(StancePhrases.DENIED_AFTER, after)
                || finds(StancePhrases.TAKEN_BACK, after)
                || finds(StancePhrases.TAKEN_BACK, later.substring(Math.min(later.length(), after.length())))) {
            return DENIED;
        }
        if (finds(StancePhrases.BOUNDED_BEFORE, clause) || finds(StancePhrases.BOUNDED_AFTER, after)) {
            return BOUNDED;
        }
        if (finds(StancePhrases.HEDGED_BEFORE, clause)
                || finds(StancePhrases.HEDGED_AT_ALL, afterLast(StancePhrases.CONCLUSION, before))
                || finds(StancePhrases.HEDGED_AFTER, after)) {
            return HEDGED;
        }
        boolean cited = finds(StancePhrases.CITED_BEFORE, clause)
                || finds(StancePhrases.CITED_AFTER, after)
                || finds(StancePhrases.CITED_IN_CHINESE, clause) && finds(StancePhrases.CITED_ITEM, after);
        if (cited) {
            return CITED;
        }
        boolean supposed = finds(StancePhrases.SUPPOSED_BEFORE, clause)
                || finds(StancePhrases.WOULD, clause) && finds(StancePhrases.IF, after);
        return supposed ? SUPPOSED : STATED;
    }

    private static boolean finds(Pattern pattern, String text) {
        return pattern.matcher(text).find();
    }

    /** Whether a negation reaches as far as the clause's end. */
    private static boolean governs(String clause) {
        Matcher negation = StancePhrases.DENIED_BEFORE.matcher(clause);
        int from = 0;
        while (negation.find(from)) {
            String gap = StancePhrases.VERB_OF_NEGATION
                    .matcher(negation.group("gap"))
                    .replaceFirst("");
            int comma = gap.lastIndexOf(',');
            boolean list = comma < 0
                    || gap.isBlank()
                    || gap.chars().anyMatch(Character::isDigit)
                    || gap.strip().startsWith(",");
            if (list && !finds(StancePhrases.MAIN_VERB, gap)) {
                return true;
            }
            from = negation.start("gap");
        }
        return false;
    }

    /** The text that follows the last conclusion or colon. */
    private static String clause(String sentence) {
        return afterLast(StancePhrases.BREAK, sentence);
    }

    private static String afterLast(Pattern mark, String sentence) {
        int start = 0;
        Matcher marks = mark.matcher(sentence);
        while (marks.find()) {
            start = marks.end();
        }
        return sentence.substring(start);
    }

    private static String plain(String text) {
        return text.replace("**", "").replace('’', '\'').replace('\n', ' ').toLowerCase(Locale.ROOT);
    }

    private static int sentenceStart(String text, int from) {
        int limit = Math.max(0, from - WINDOW);
        for (int at = from - 1; at >= limit; at--) {
            if (isSentenceEnd(text, at)) {
                return at + 1;
            }
        }
        return limit;
    }

    private static int sentenceEnd(String text, int from) {
        int limit = Math.min(text.length(), from + WINDOW);
        for (int at = from; at < limit; at++) {
            if (isSentenceEnd(text, at)) {
                return at + 1;
            }
        }
        return limit;
    }

    private static boolean isSentenceEnd(String text, int at) {
        char sign = text.charAt(at);
        boolean spaced = at + 1 == text.length() || Character.isWhitespace(text.charAt(at + 1));
        return sign == '\n' || "。！？；".indexOf(sign) >= 0 || spaced && ".!?;".indexOf(sign) >= 0;
    }
}
