package dev.tempo.algorithm;

import dev.tempo.algorithm.rounds.CounterRandom;

/** The sign-flip test (Fisher) on paired differences, which tells whether one method beats another over seeds or questions. */
public final class PairedTest {
    private static final int MOST_PAIRS = 20;

    private PairedTest() {}

    /**
     * The two-sided p-value: among all 2^n ways to swap the methods within pairs, the share whose mean difference is at
     * least as far from 0 as the measured one. With n pairs it cannot fall below 2 / 2^n, so three seeds give 0.25 at best.
     *
     * @param differences one per seed, first method minus second
     * @throws IllegalArgumentException unless there are 1 to 20 of them
     */
    public static double pValue(double[] differences) {
        int pairs = differences.length;
        if (pairs < 1 || pairs > MOST_PAIRS) {
            throw new IllegalArgumentException("the exact test takes 1 to " + MOST_PAIRS + " pairs, but got " + pairs);
        }
        double bound = bound(differences);
        int asFar = 0;
        for (int signs = 0; signs < 1 << pairs; signs++) {
            double sum = 0;
            for (int i = 0; i < pairs; i++) {
                sum += (signs >> i & 1) == 0 ? differences[i] : -differences[i];
            }
            asFar += Math.abs(sum) >= bound ? 1 : 0;
        }
        return (double) asFar / (1 << pairs);
    }

    /**
     * The two-sided p-value from drawn swaps, for more pairs than can be enumerated: (1 + swaps at least as far from 0 as the
     * measured mean) / (1 + draws), which is never 0. The same seed gives the same number.
     *
     * @param differences one per pair, first method minus second
     * @param draws how many swaps of all pairs are drawn, at least 1
     * @param seed of the draws
     * @throws IllegalArgumentException if there is no pair or no draw
     */
    public static double pValue(double[] differences, int draws, long seed) {
        if (differences.length < 1 || draws < 1) {
            throw new IllegalArgumentException(
                    "the drawn test needs at least 1 pair and 1 draw, but got " + differences.length + " and " + draws);
        }
        double bound = bound(differences);
        int asFar = 0;
        for (int draw = 0; draw < draws; draw++) {
            double sum = 0;
            long signs = 0;
            for (int i = 0; i < differences.length; i++) {
                signs = i % Long.SIZE == 0 ? CounterRandom.key(seed, "sign-flip", draw, i) : signs >>> 1;
                sum += (signs & 1) == 0 ? differences[i] : -differences[i];
            }
            asFar += Math.abs(sum) >= bound ? 1 : 0;
        }
        return (1.0 + asFar) / (1.0 + draws);
    }

    /** The distance from 0 of the measured sum, less what rounding may take from a sum that is as far. */
    private static double bound(double[] differences) {
        double seen = 0;
        double size = 0;
        for (double difference : differences) {
            seen += difference;
            size += Math.abs(difference);
        }
        return Math.abs(seen) - 1e-12 * size;
    }
}
