package dev.tempo.judging.model;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Words in a response that are meant for whoever judges it, in English and Chinese: orders, a verdict, a reference or
 * an authority's word for it. Wherever they stand the response is refused, whatever else it says. Where the reference
 * speaks the same way, or the question of the same things, so may an answer. Every pattern looks at a bounded stretch,
 * so time is linear in the response.
 */
final class WordsToJudges {
    /** The affirmations of references; where the reference is one, "it is correct" is an answer. */
    private static final Pattern AFFIRMING = Pattern.compile(
            "\\b(?:yes|true|correct|right|valid|accepted|passed|accurate|equivalent|verified)\\b|^(?:正确|对|是|真)");

    /** The subjects that an answer may speak of because the question does. */
    private static final Pattern SUBJECTS = Pattern.compile(
            "grader|evaluator|examiner|marker|assessor|judge|referee|verdict|system prompt|prompt injection|language model|chatbot|assistant"
                    + "|ground truth|answer key|rubric|mark(?:ing)? scheme|(?:model|expected|reference|gold|standard|official) (?:answer|solution)|teacher|professor|instructor|tutor|lecturer|expert"
                    + "|committee|dataset|benchmark|chatgpt|wolfram|full (?:marks|credit|points)|老师|教授|官方|裁判|评委|专家|满分|评分");

    private static final Pattern ABOUT_ATTACKS = Pattern.compile("prompt injection|jailbreak|提示注入");

    private static final Map<String, Pattern> KINDS = Map.of(
            "gives the judge an order", OrdersToJudges.ORDER,
            "addresses the judge", OrdersToJudges.ADDRESS,
            "brings its own verdict", ClaimsOfVerdicts.VERDICT,
            "brings its own reference", ClaimsOfVerdicts.REFERENCE,
            "claims authority", ClaimsOfVerdicts.AUTHORITY);

    private static final Pattern FIRST_WORD = Pattern.compile("^[\\s.!?,;:(]+");

    private WordsToJudges() {}

    /**
     * The thing that a response does instead of answering, with the words in which it does; null where it only answers.
     *
     * @param response what follows the reasoning
     */
    static @Nullable String in(String response, String question, String reference) {
        String said = plain(response);
        boolean affirms = AFFIRMING.matcher(plain(reference)).find();
        String wanted = plain(reference);
        String given = plain(question) + "\n" + wanted;
        if (ABOUT_ATTACKS.matcher(given).find()) {
            return null;
        }
        return KINDS.entrySet().stream()
                .filter(kind -> kind.getValue() != ClaimsOfVerdicts.VERDICT || !affirms)
                .sorted(Map.Entry.comparingByKey())
                .filter(kind -> !kind.getValue().matcher(wanted).find())
                .map(kind -> finding(kind.getKey(), kind.getValue(), said, given))
                .filter(finding -> !finding.isEmpty())
                .findFirst()
                .orElse(null);
    }

    private static String finding(String name, Pattern kind, String said, String given) {
        return kind.matcher(said)
                .results()
                .map(MatchResult::group)
                .map(words -> FIRST_WORD.matcher(words).replaceFirst("").strip())
                .filter(words -> !given.contains(words) && !isSpokenOf(words, given))
                .findFirst()
                .map(words -> name + ": '" + words + "'")
                .orElse("");
    }

    /** A question about a teacher may be answered with what the teacher said. */
    private static boolean isSpokenOf(String words, String given) {
        return SUBJECTS.matcher(words).results().anyMatch(subject -> given.contains(subject.group()));
    }

    private static String plain(String text) {
        return Normalizer.normalize(SpecialTokens.stripped(text), Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .replace('\u2019', '\'')
                .replace('\u201C', '"')
                .replace('\u201D', '"')
                .replaceAll("[*_`]{1,3}(?=[\\p{L}\\p{N}])|(?<=[\\p{L}\\p{N}.:])[*`]{1,3}", "")
                .replaceAll("[ \\t\\u00A0]+", " ");
    }
}
