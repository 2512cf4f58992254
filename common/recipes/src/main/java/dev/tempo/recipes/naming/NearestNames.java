package dev.tempo.recipes.naming;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** The names that somebody who misspelt one may have meant. */
public final class NearestNames {
    private NearestNames() {}

    /**
     * The nearest names, the nearest first: those that differ from what was written by few letters for its length or in
     * the order of letters, and those that begin with it. Upper and lower case are the same, and hyphens, underscores
     * and spaces do not count.
     *
     * @param most names at most
     */
    public static List<String> to(String written, Collection<String> names, int most) {
        String lower = plain(written);
        int few = Math.min(3, lower.length() / 3);
        return names.stream()
                .filter(name -> distance(lower, name) <= few
                        || begins(lower, name)
                        || letters(lower).equals(letters(name)))
                .sorted(Comparator.comparingInt((String name) -> distance(lower, name))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(most)
                .toList();
    }

    /** The letters in the order of the alphabet: they are the same where some have only changed places. */
    private static String letters(String name) {
        char[] letters = plain(name).toCharArray();
        Arrays.sort(letters);
        return new String(letters);
    }

    private static boolean begins(String lower, String name) {
        return lower.length() >= 3 && plain(name).startsWith(lower);
    }

    private static int distance(String lower, String name) {
        return LevenshteinDistance.getDefaultInstance().apply(lower, plain(name));
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "");
    }
}
