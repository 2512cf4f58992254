package dev.tempo.datasets.published;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
    private static final Pattern SPACE = Pattern.compile("\\s+");
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
        int listed = endingWith(prompt, written);
        if (listed >= 0) {
            String question = prompt.substring(0, listed);
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

    /** The place where the options begin that end the text, written alike but for white space; -1 if others or none end it. */
    private static int endingWith(String text, List<String> options) {
        int at = beforeSpace(text, text.length());
        for (int option = options.size() - 1; option >= 0; option--) {
            String[] words = SPACE.split(options.get(option).strip(), -1);
            for (int word = words.length - 1; word >= 0; word--) {
                if (!text.startsWith(words[word], at - words[word].length())) {
                    return -1;
                }
                at -= words[word].length();
                int before = beforeSpace(text, at);
                if (word > 0 && before == at) {
                    return -1;
                }
                at = option > 0 || word > 0 || words[0].isEmpty() ? before : at;
            }
        }
        return at;
    }

    private static int beforeSpace(String text, int end) {
        int at = end;
        while (at > 0 && " \t\n\u000B\f\r".indexOf(text.charAt(at - 1)) >= 0) {
            at--;
        }
        return at;
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
