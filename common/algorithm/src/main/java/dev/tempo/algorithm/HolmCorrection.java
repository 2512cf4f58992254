package dev.tempo.algorithm;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The correction of p-values for the number of tests (Holm, 1979): it bounds the chance that any of them errs. */
public final class HolmCorrection {
    private HolmCorrection() {}

    /**
     * The adjusted p-values: the i-th smallest of m is multiplied by m - i + 1, is at least the adjusted one before it, and at
     * most 1.
     *
     * @param pValues of all tests that are looked at together
     * @return the adjusted ones in the same order
     */
    public static double[] adjusted(double[] pValues) {
        List<Integer> ascending = IntStream.range(0, pValues.length)
                .boxed()
                .sorted(Comparator.comparingDouble(test -> pValues[test]))
                .toList();
        double[] adjusted = new double[pValues.length];
        double least = 0;
        for (int i = 0; i < pValues.length; i++) {
            int test = ascending.get(i);
            least = Math.max(least, Math.min(1, (pValues.length - i) * pValues[test]));
            adjusted[test] = least;
        }
        return adjusted;
    }
}
