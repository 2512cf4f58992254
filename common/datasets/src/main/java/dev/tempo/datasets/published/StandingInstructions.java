package dev.tempo.datasets.published;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What publishers put around every question of a file: how to think, where to write the answer. That is a recipe's
 * {@code generation.prompt}; left in the questions it would be said twice, and the same question of two publishers would
 * be two.
 */
final class StandingInstructions {
    private static final List<Pattern> AROUND = List.of(
            Pattern.compile("^\\s*Solve the following math problem step by step\\.[^\\n]{0,200}\\n+"),
            Pattern.compile("\\s*Remember to put your answer on its own line after \"Answer:\"[^\\n]{0,80}$"),
            Pattern.compile(
                    "\\s*(?:Please |Let's )?(?:reason|think) step by step[^\\n]{0,80}\\\\boxed ?\\{ ?\\}\\.?\\s*$",
                    Pattern.CASE_INSENSITIVE),
            Pattern.compile(
                    "\\s*(?:Please |You should )?put your (?:final )?answer (?:with)?in \\\\boxed ?\\{ ?\\}\\.?\\s*$",
                    Pattern.CASE_INSENSITIVE),
            Pattern.compile("^\\s*user:\\s+"));

    private StandingInstructions() {}

    /** The question alone; the whole text where nothing else would be left. */
    static String without(String text) {
        String bare = text;
        for (Pattern instruction : AROUND) {
            Matcher found = instruction.matcher(bare);
            bare = found.find() ? found.replaceFirst("") : bare;
        }
        return bare.isBlank() ? text : bare.strip();
    }
}
