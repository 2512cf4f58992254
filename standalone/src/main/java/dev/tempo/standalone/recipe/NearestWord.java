package dev.tempo.standalone.recipe;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The word that a misspelt one was meant to be: letters swapped, left out, added or wrong, few of them for its length. */
final class NearestWord {
    private NearestWord() {}

    /** Empty where no word is near. */
    static Optional<String> of(String written, Collection<String> words) {
        String seen = normal(written);
        return words.stream()
                .filter(word -> {
                    int shorter = Math.min(normal(word).length(), seen.length());
                    return distance(normal(word), seen) <= Math.min(shorter - 1, Math.max(1, shorter / 4));
                })
                .min(Comparator.comparingInt(word -> distance(normal(word), seen)));
    }

    /** "; did you mean 'word'?", or nothing. */
    static String hint(String written, Collection<String> words) {
        return of(written, words).map(word -> "; did you mean '" + word + "'?").orElse("");
    }

    private static String normal(String word) {
        return word.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "");
    }

    /** Optimal string alignment: swapped neighbours count as one. */
    private static int distance(String left, String right) {
        int[][] cost = new int[left.length() + 1][right.length() + 1];
        for (int i = 0; i <= left.length(); i++) {
            cost[i][0] = i;
        }
        for (int j = 0; j <= right.length(); j++) {
            cost[0][j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            for (int j = 1; j <= right.length(); j++) {
                int replaced = cost[i - 1][j - 1] + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                cost[i][j] = Math.min(replaced, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
                if (i > 1
                        && j > 1
                        && left.charAt(i - 1) == right.charAt(j - 2)
                        && left.charAt(i - 2) == right.charAt(j - 1)) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[left.length()][right.length()];
    }
}
