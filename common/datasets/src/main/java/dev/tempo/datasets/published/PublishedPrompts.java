package dev.tempo.datasets.published;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Prompts made for one model call, out of which the question is taken, as hails/agieval-* are written:
 * {@code Q: … Answer Choices: (A)… (B)…} and a last line that waits for the answer.
 */
final class PublishedPrompts {
    private static final Pattern CUE = Pattern.compile(
            "\\s*(?:\\bA: (?:Among A through [A-Z], the answer is|The answer is)|答案：(?:从A到[A-Z], ?我们应选择)?)\\s*$");
    private static final Pattern HEADING =
            Pattern.compile("\\s*(?:Answer Choices|Options|Choices|选项)\\s*[:：]\\s*$", Pattern.CASE_INSENSITIVE);
    private static final Pattern LISTED =
            Pattern.compile("(?:Answer Choices|选项)\\s*[:：]\\s*\\(A\\)", Pattern.CASE_INSENSITIVE);
    private static final List<String> ASKS = List.of("Q: ", "问题：");

    private PublishedPrompts() {}

    /** The question alone; the text as it is where nothing of a prompt is around it. */
    static String without(String text) {
        Matcher cue = CUE.matcher(text);
        return cue.find() ? asked(text.substring(0, cue.start())) : text;
    }

    /**
     * The question without the options that are written in it too.
     *
     * @throws IllegalArgumentException if it lists other options
     */
    static String without(String text, List<String> written) {
        Matcher cue = CUE.matcher(text);
        String prompt = cue.find() ? text.substring(0, cue.start()) : text;
        Matcher listed = Pattern.compile(written.stream()
                                .map(option -> Pattern.quote(option.strip()).replaceAll("\\s+", "\\\\E\\\\s+\\\\Q"))
                                .collect(Collectors.joining("\\s*"))
                        + "\\s*$")
                .matcher(prompt);
        if (listed.find()) {
            String question = prompt.substring(0, listed.start());
            Matcher heading = HEADING.matcher(question);
            return heading.find() ? asked(question.substring(0, heading.start())) : text;
        }
        if (LISTED.matcher(prompt).find()) {
            throw new IllegalArgumentException(
                    "lists other options than the row's choices; correct the row, or leave such"
                            + " rows out with --skip-unusable");
        }
        return cue.reset().find() ? asked(prompt) : text;
    }

    /** A passage, if there is one, and the question below it. */
    private static String asked(String prompt) {
        for (String sign : ASKS) {
            int at = prompt.lastIndexOf(sign);
            if (at >= 0) {
                String passage = prompt.substring(0, at).strip();
                String question = prompt.substring(at + sign.length()).strip();
                return passage.isEmpty() ? question : passage + "\n\n" + question;
            }
        }
        return prompt.strip();
    }
}
