package dev.tempo.judging.model;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The filter in front of a judge model. It refuses what some model would call right: nothing, signs without a letter or
 * digit, announcements of an answer ("Solution", "Thought process:"), the question once more, words to the judge, signs
 * that end the place where an answer stands, several answers where one is asked for. The same arguments give the same
 * refusal. What a rule accepted does not come here.
 *
 * <p>Such signs and announcements are the master keys of "One Token to Fool LLM-as-a-Judge" (arXiv 2507.08794). Where
 * the reference itself is one of them, it is an answer like any other.
 */
public final class Gate {
    private static final Pattern LAYOUT = Pattern.compile(
            "\\\\(?:text(?:bf|it|rm|tt|sf)?|math(?:rm|bf|it|sf|tt)|boxed|fbox|q?quad|left|right|displaystyle|[lcvd]?dots"
                    + "|begin|end|hspace|vspace|phantom|operatorname|big|Big|square|blacksquare|checkmark)(?![A-Za-z])"
                    + "|```[a-z]*");

    private static final Pattern LETTER_OR_DIGIT = Pattern.compile("[\\p{L}\\p{N}]");

    /** Signs with a meaning of their own, as the empty set and infinity; none of them can be typed without meaning it. */
    private static final Pattern MATHEMATICAL = Pattern.compile("[\\p{Sm}&&[^\\p{ASCII}]]");

    private static final Set<String> EMPTY_COLLECTIONS = Set.of("{}", "[]", "()", "\\{\\}", "\"\"", "''");
    private static final Pattern SAYS_EMPTY = Pattern.compile(
            "empty|none|nothing|null|nil|void|no |zero|\u2205|\\\\varnothing|\u00f8", Pattern.CASE_INSENSITIVE);

    /**
     * The most characters that are looked at, from the response's end and from the answer's start; what is sent is
     * shorter.
     */
    private static final int LONGEST = 12_000;

    private Gate() {}

    /**
     * The reason why a response is refused, in words for people; null where a judge model may be asked.
     *
     * @param response what the policy wrote; the final answer in it is found here
     * @param ended whether the model ended the response itself
     */
    public static @Nullable String refusal(String question, String reference, String response, boolean ended) {
        if (!ended) {
            return "cut off before its end";
        }
        String answer = StatedAnswer.of(response);
        String refusal = refusal(question, reference, answer);
        if (refusal != null) {
            return refusal;
        }
        // Whatever stands beside the answer is not sent, but to write it must not pay either.
        String said = StatedAnswer.visible(response);
        String end = said.substring(Math.max(0, said.length() - LONGEST));
        String start = answer.substring(0, Math.min(answer.length(), LONGEST));
        String speech = speech(question, reference, end);
        speech = speech == null && !end.contains(start) ? speech(question, reference, start) : speech;
        return speech == null ? Alternatives.in(answer, question, reference) : speech;
    }

    private static @Nullable String speech(String question, String reference, String said) {
        String breakout = DelimiterBreakout.in(said, question, reference);
        return breakout == null ? WordsToJudges.in(said, question, reference) : breakout;
    }

    private static @Nullable String refusal(String question, String reference, String answer) {
        String visible = SpecialTokens.stripped(answer).strip();
        if (visible.isEmpty()) {
            return "no answer found";
        }
        String bare = LAYOUT.matcher(visible).replaceAll(" ").strip();
        if (!LETTER_OR_DIGIT.matcher(bare).find()) {
            return meansSomething(bare, visible, reference) ? null : "no letter or digit: '" + shown(visible) + "'";
        }
        NormalizedWords words = NormalizedWords.of(bare);
        NormalizedWords wanted = NormalizedWords.of(reference);
        if (wanted.isLabelThatNames(words)) {
            return null;
        }
        if (MasterKeys.isOne(bare)) {
            return "announces an answer without giving one: '" + shown(visible) + "'";
        }
        if (PersuasionPatterns.isNothingElse(bare, wanted)) {
            return "speaks to the judge instead of answering: '" + shown(visible) + "'";
        }
        if (words.restate(NormalizedWords.of(question))) {
            return "restates the question";
        }
        return null;
    }

    private static boolean meansSomething(String bare, String visible, String reference) {
        boolean referenceIsSigns = !LETTER_OR_DIGIT.matcher(reference).find();
        boolean empty = EMPTY_COLLECTIONS.contains(visible.replaceAll("[\\s$`.]", ""))
                && SAYS_EMPTY.matcher(reference.toLowerCase(Locale.ROOT) + " ").find();
        return referenceIsSigns || empty || MATHEMATICAL.matcher(bare).find();
    }

    private static String shown(String answer) {
        return answer.length() <= 60 ? answer : answer.substring(0, 57) + "...";
    }
}
