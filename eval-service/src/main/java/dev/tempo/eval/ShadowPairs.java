package dev.tempo.eval;

import dev.tempo.algorithm.Bootstrap;
import dev.tempo.contract.Promotion.ShadowComparison;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One measure of two versions' responses, by question. Its interval depends on no order. Not thread-safe. */
final class ShadowPairs {
    private static final int RESAMPLES = 1_000;
    private static final double LEVEL = .95;

    private final String measure;
    private final Map<String, Double> candidate = new TreeMap<>();
    private final Map<String, Double> promoted = new TreeMap<>();
    /** Questions whose pairs are whole: candidate less promoted. */
    private final Map<String, double[]> pairs = new TreeMap<>();

    private @Nullable ShadowComparison last;

    /** @param measure what is compared */
    ShadowPairs(String measure) {
        this.measure = measure;
    }

    /** Adds what a response came to; the first of a version counts. Whether its pair is whole by that. */
    boolean add(String question, boolean ofCandidate, double value) {
        if (pairs.containsKey(question)) {
            return false;
        }
        (ofCandidate ? candidate : promoted).putIfAbsent(question, value);
        Double own = candidate.get(question);
        Double other = promoted.get(question);
        if (own == null || other == null) {
            return false;
        }
        forget(question);
        pairs.put(question, new double[] {own, other});
        last = null;
        return true;
    }

    /** Forgets a half of a pair; one that is whole stays. */
    void forget(String question) {
        candidate.remove(question);
        promoted.remove(question);
    }

    /** Forgets a question, also where its pair is whole. */
    void drop(String question) {
        forget(question);
        if (pairs.remove(question) != null) {
            last = null;
        }
    }

    /** Whether the pair is whole. */
    boolean has(String question) {
        return pairs.containsKey(question);
    }

    int size() {
        return pairs.size();
    }

    /** The comparison; empty without a pair. */
    Optional<ShadowComparison> comparison(long seed) {
        if (pairs.isEmpty() || last != null) {
            return Optional.ofNullable(last);
        }
        double[] own = pairs.values().stream().mapToDouble(pair -> pair[0]).toArray();
        double[] other = pairs.values().stream().mapToDouble(pair -> pair[1]).toArray();
        Bootstrap.Interval interval = new Bootstrap(RESAMPLES, LEVEL, seed).difference(own, other);
        ShadowComparison made =
                new ShadowComparison(measure, own.length, mean(own), mean(other), interval.low(), interval.high());
        last = made;
        return Optional.of(made);
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }
}
