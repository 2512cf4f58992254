package dev.tempo.algorithm;

/**
 * Statistics over the tokens that a mask marks: sums, means, variances and whitening.
 *
 * <p>Arrays are [response][token] and have the mask's shape; unmarked entries do not enter a statistic. As in the reference
 * code (verl) a mean divides by the count plus 1e-8, so the mean of no token is 0.
 */
public final class MaskedStatistics {
    static final double COUNT_EPSILON = 1e-8;
    private static final double VARIANCE_EPSILON = 1e-8;

    private MaskedStatistics() {}

    /** The number of marked tokens. */
    public static int count(boolean[][] mask) {
        int count = 0;
        for (boolean[] row : mask) {
            count += Shapes.count(row);
        }
        return count;
    }

    /** The sum over the marked tokens. */
    public static double sum(double[][] values, boolean[][] mask) {
        Shapes.requireRows("values", values, mask);
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            for (int t = 0; t < values[i].length; t++) {
                if (mask[i][t]) {
                    sum += values[i][t];
                }
            }
        }
        return sum;
    }

    /** The mean over the marked tokens: sum / (count + 1e-8). */
    public static double mean(double[][] values, boolean[][] mask) {
        return sum(values, mask) / (count(mask) + COUNT_EPSILON);
    }

    /** The share of marked tokens whose flag is set: number / (count + 1e-8), as in {@link #mean}. */
    static double share(boolean[][] flags, boolean[][] mask) {
        int set = 0;
        for (int i = 0; i < flags.length; i++) {
            for (int t = 0; t < flags[i].length; t++) {
                set += mask[i][t] && flags[i][t] ? 1 : 0;
            }
        }
        return set / (count(mask) + COUNT_EPSILON);
    }

    /** The biased variance: the mean squared deviation from the mean. */
    public static double biasedVariance(double[][] values, boolean[][] mask) {
        double mean = mean(values, mask);
        double[][] squares = Shapes.like(mask);
        for (int i = 0; i < values.length; i++) {
            for (int t = 0; t < values[i].length; t++) {
                squares[i][t] = (values[i][t] - mean) * (values[i][t] - mean);
            }
        }
        return mean(squares, mask);
    }

    /**
     * The unbiased variance: the biased one times n / (n - 1) for n marked tokens.
     *
     * @throws IllegalArgumentException if fewer than two tokens are marked
     */
    public static double variance(double[][] values, boolean[][] mask) {
        int count = count(mask);
        if (count < 2) {
            throw new IllegalArgumentException("a variance needs at least 2 marked tokens, but got " + count);
        }
        return biasedVariance(values, mask) * count / (count - 1);
    }

    /**
     * The whitened values (x - mean) / sqrt(unbiased variance + 1e-8) at every position, unmarked ones included.
     *
     * @throws IllegalArgumentException if fewer than two tokens are marked
     */
    public static double[][] whiten(double[][] values, boolean[][] mask) {
        return shiftAndScale(values, mask, 0);
    }

    /**
     * The values of {@link #whiten} with the mean added back.
     *
     * @throws IllegalArgumentException if fewer than two tokens are marked
     */
    public static double[][] whitenKeepingMean(double[][] values, boolean[][] mask) {
        return shiftAndScale(values, mask, mean(values, mask));
    }

    private static double[][] shiftAndScale(double[][] values, boolean[][] mask, double newMean) {
        double mean = mean(values, mask);
        double scale = 1 / Math.sqrt(variance(values, mask) + VARIANCE_EPSILON);
        double[][] whitened = Shapes.like(mask);
        for (int i = 0; i < values.length; i++) {
            for (int t = 0; t < values[i].length; t++) {
                whitened[i][t] = (values[i][t] - mean) * scale + newMean;
            }
        }
        return whitened;
    }
}
