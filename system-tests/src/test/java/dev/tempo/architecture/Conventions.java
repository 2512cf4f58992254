package dev.tempo.architecture;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The table of service conventions in CONTRIBUTING.md. */
final class Conventions {
    private static final Pattern WORD = Pattern.compile("`([^`]+)`");

    private Conventions() {}

    /** What the table says of a subject. */
    static String row(String subject) {
        return Project.text("CONTRIBUTING.md")
                .lines()
                .filter(line -> line.startsWith("| " + subject + " |"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("CONTRIBUTING.md has no row '" + subject + "'"));
    }

    /** What stands between backquotes in it. */
    static Set<String> words(String subject) {
        return WORD.matcher(row(subject))
                .results()
                .map((MatchResult word) -> word.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
