package dev.tempo.eval.reproduction;

import dev.tempo.algorithm.Bootstrap;
import dev.tempo.algorithm.PairedTest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * Differences of two measurements over the questions that both have, of several seeds.
 *
 * @param bySeed the first measurement's score less the second's, one per question
 */
record PairedScores(SortedMap<Long, double[]> bySeed) {
    private static final int RESAMPLES = 2000;
    private static final int DRAWS = 10_000;
    /** Seeds whose signs are all gone through. */
    static final int ENUMERATED = 20;

    private static final double LEVEL = .95;
    private static final long RANDOM = 0;

    /** The usual bootstrap; its seed is fixed, so that the same numbers give the same report. */
    static Bootstrap bootstrap() {
        return new Bootstrap(RESAMPLES, LEVEL, RANDOM);
    }

    PairedScores {
        bySeed = new TreeMap<>(bySeed);
    }

    private double[] all() {
        return bySeed.values().stream().flatMapToDouble(Arrays::stream).toArray();
    }

    /** The mean over the questions of all seeds, with its interval. */
    Bootstrap.Interval interval() {
        return bootstrap().mean(all());
    }

    /** The mean over seeds, with an interval that draws seeds anew and, within each, questions. */
    Bootstrap.Interval intervalOverSeeds() {
        return bootstrap().nested(List.copyOf(bySeed.values()));
    }

    /** Each seed's mean, in words. */
    String perSeed() {
        return bySeed.keySet().stream()
                .map(seed -> String.format(Locale.ROOT, "%+.2f", mean(seed)))
                .collect(Collectors.joining(" "));
    }

    Bootstrap.Interval interval(long seed) {
        return bootstrap().mean(Objects.requireNonNull(bySeed.get(seed)));
    }

    double mean(long seed) {
        return DoubleStream.of(Objects.requireNonNull(bySeed.get(seed)))
                .average()
                .orElse(0);
    }

    /** The two-sided p-value over the questions of all seeds. */
    double pOverQuestions() {
        return PairedTest.pValue(all(), DRAWS, RANDOM);
    }

    /** The two-sided p-value over seeds, which cannot fall below 2 / 2^n with n of them; exact of up to {@value #ENUMERATED}. */
    double pOverSeeds() {
        double[] means = bySeed.keySet().stream().mapToDouble(this::mean).toArray();
        return means.length <= ENUMERATED ? PairedTest.pValue(means) : PairedTest.pValue(means, DRAWS, RANDOM);
    }
}
