package dev.tempo.algorithm;

/** The exact sign-flip test (Fisher) on paired differences, which tells whether one method beats another over seeds. */
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
        double seen = 0;
        double size = 0;
        for (double difference : differences) {
            seen += difference;
            size += Math.abs(difference);
        }
        double rounding = 1e-12 * size;
        int asFar = 0;
        for (int signs = 0; signs < 1 << pairs; signs++) {
            double sum = 0;
            for (int i = 0; i < pairs; i++) {
                sum += (signs >> i & 1) == 0 ? differences[i] : -differences[i];
            }
            asFar += Math.abs(sum) >= Math.abs(seen) - rounding ? 1 : 0;
        }
        return (double) asFar / (1 << pairs);
    }
}
