package dev.tempo.verification.choice;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The options between which a question lets choose.
 *
 * @param labels names of the options in an answer: a capital, or the option itself where options are words; 2 to 26 of
 *     them
 * @param texts text behind each label in the question, in lower case without layout; empty where that is not known
 * @param areWords whether labels are words rather than letters
 * @param asksForWrong whether the question asks which option is wrong, so that "C is wrong" chooses C
 */
public record AnswerOptions(List<String> labels, List<String> texts, boolean areWords, boolean asksForWrong) {
    /** The options of a question that is not known: any letter may be one. */
    public static final AnswerOptions ANY_LETTER = new AnswerOptions(
            "ABCDEFGHIJKLMNOPQRSTUVWXYZ".chars().mapToObj(Character::toString).toList(), List.of(), false, false);

    private static final int LONGEST_QUESTION = 100_000;

    private static final List<List<String>> PAIRS = List.of(
            List.of("yes", "no"),
            List.of("true", "false"),
            List.of("valid", "invalid"),
            List.of("plausible", "implausible"),
            List.of("correct", "incorrect"),
            List.of("possible", "impossible"));

    private static final Pattern ASKS_FOR_WRONG = Pattern.compile(
            "\\b(?:is|are|statements?|options?|following|one) (?:that (?:is|are) )?(?:not (?:true|correct|right|valid)|incorrect|false"
                    + "|wrong|untrue)\\b|\\b(?:incorrect|false|wrong|untrue) (?:statement|option|claim|one|description)s?\\b"
                    + "|(?:错误|不正确|不对|有误|不恰当|不合理|不准确|不科学|不成立)的?(?:一项|选项|说法|叙述|表述)?(?:是|为|有)",
            Pattern.CASE_INSENSITIVE);

    public AnswerOptions {
        labels = List.copyOf(labels);
        texts = List.copyOf(texts);
        if (labels.size() < 2 || labels.size() > 26) {
            throw new IllegalArgumentException("A choice is between 2 to 26 options, but there are " + labels.size());
        }
        if (!texts.isEmpty() && texts.size() != labels.size()) {
            throw new IllegalArgumentException(
                    "Every option has a text or none has: " + labels.size() + " labels, " + texts.size() + " texts");
        }
    }

    /** The options A, B, … that a question lists in this order, in any of the usual layouts; null where it lists no two. */
    public static @Nullable AnswerOptions lettersOf(String question) {
        if (question.length() > LONGEST_QUESTION) {
            return null;
        }
        List<String> texts = LetteredList.of(question);
        if (texts.size() < 2) {
            return null;
        }
        List<String> labels = new ArrayList<>();
        for (int option = 0; option < texts.size(); option++) {
            labels.add(Character.toString('A' + option));
        }
        return new AnswerOptions(labels, texts, false, asksForWrong(question));
    }

    /**
     * The words between which a question lets choose, where the reference is one of them: its list of options, each on a line
     * with a dash, or one of a few pairs such as yes and no. Null where the reference is another text.
     */
    public static @Nullable AnswerOptions wordsOf(String question, String reference) {
        String wanted = plain(reference);
        if (wanted.isEmpty() || question.length() > LONGEST_QUESTION) {
            return null;
        }
        List<String> listed = question.lines()
                .map(String::strip)
                .filter(line -> line.startsWith("- ") || line.startsWith("* ") || line.startsWith("• "))
                .map(line -> plain(line.substring(2)))
                .filter(option -> !option.isEmpty())
                .distinct()
                .toList();
        boolean usable = listed.size() >= 2
                && listed.size() <= 26
                && listed.contains(wanted)
                && listed.stream().allMatch(option -> Character.isLetter(option.charAt(0)) && option.length() > 1);
        if (usable) {
            return new AnswerOptions(listed, List.of(), true, false);
        }
        return PAIRS.stream()
                .filter(pair -> pair.contains(wanted))
                .findFirst()
                .map(pair -> new AnswerOptions(pair, List.of(), true, false))
                .orElse(null);
    }

    /** Whether two options are each other's denial, so that "is not valid" says "invalid". */
    boolean areOpposites() {
        return areWords
                && labels.size() == 2
                && (labels.get(1).endsWith(labels.get(0)) || labels.get(0).endsWith(labels.get(1)));
    }

    /** The option whose text this is, as far as texts are known; -1 where none or several have it. */
    int withText(String text) {
        String wanted = plain(text);
        List<String> among = areWords ? labels : texts;
        int option = wanted.isEmpty() ? -1 : among.indexOf(wanted);
        return option == among.lastIndexOf(wanted) ? option : -1;
    }

    /** The text of an option by its place, in lower case without layout; empty where it is not known or there is no such option. */
    public String textOf(int option) {
        return option >= 0 && option < texts.size() ? texts.get(option) : "";
    }

    private static boolean asksForWrong(String question) {
        return ASKS_FOR_WRONG.matcher(question).find();
    }

    /** The text in lower case, with one blank for any run of blanks and neither layout nor punctuation around it. */
    static String plain(String text) {
        String plain = PlainResponse.unwrapped(text).toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
        int start = 0;
        int end = plain.length();
        while (start < end && " .,;:。，；：\"'*_`$".indexOf(plain.charAt(start)) >= 0) {
            start++;
        }
        while (end > start && " .,;:。，；：\"'*_`$".indexOf(plain.charAt(end - 1)) >= 0) {
            end--;
        }
        return plain.substring(start, end);
    }
}
