package dev.tempo.eval.reproduction;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The distance of two sets of questions by their texts: the total variation distance, half the sum of |p - q|, between how
 * frequent each run of four characters is in them. It is 0 where all are as frequent in both and 1 where none is in both. Two
 * samples of one distribution are some way apart by chance, the further the smaller they are, so it is read beside the distance
 * of two such samples.
 */
final class QuestionDistance {
    private static final int RUN = 4;

    private QuestionDistance() {}

    /** @throws IllegalArgumentException if one has no text of four characters */
    static double of(Collection<String> one, Collection<String> other) {
        Map<String, Double> first = frequencies(one);
        Map<String, Double> second = frequencies(other);
        Set<String> runs = new HashSet<>(first.keySet());
        runs.addAll(second.keySet());
        return runs.stream()
                        .sorted()
                        .mapToDouble(run -> Math.abs(first.getOrDefault(run, 0.0) - second.getOrDefault(run, 0.0)))
                        .sum()
                / 2;
    }

    private static Map<String, Double> frequencies(Collection<String> texts) {
        Map<String, Double> counts = new HashMap<>();
        int all = 0;
        for (String text : texts) {
            for (int from = 0; from + RUN <= text.length(); from++) {
                counts.merge(text.substring(from, from + RUN), 1.0, Double::sum);
                all++;
            }
        }
        if (all == 0) {
            throw new IllegalArgumentException("a set of questions has no text of " + RUN + " characters");
        }
        double total = all;
        counts.replaceAll((run, count) -> count / total);
        return counts;
    }
}
