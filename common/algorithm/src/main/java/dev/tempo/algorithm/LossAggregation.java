package dev.tempo.algorithm;

import dev.tempo.contract.recipe.Aggregation;
import java.util.Arrays;

/**
 * The aggregation of the losses of single tokens to one number, always as a weighted sum. The weight of a token is the
 * derivative of the result with respect to the token's loss; it depends on the mini-batch's masks alone, never on how rows
 * are packed.
 *
 * <p>Responses without a marked token are left out of means over responses. If no token is marked the loss is 0.
 */
public final class LossAggregation {
    private LossAggregation() {}

    /** The weight of each token, [response][token]; 0 where the mask is not set. */
    public static double[][] weights(boolean[][] mask, Aggregation aggregation) {
        int responses = 0;
        for (boolean[] row : mask) {
            responses += Shapes.count(row) > 0 ? 1 : 0;
        }
        int tokens = MaskedStatistics.count(mask);
        double[][] weights = Shapes.like(mask);
        for (int i = 0; i < mask.length; i++) {
            double weight = switch (aggregation) {
                case TOKEN_MEAN -> 1.0 / tokens;
                case SEQ_MEAN_TOKEN_MEAN -> 1 / ((Shapes.count(mask[i]) + MaskedStatistics.COUNT_EPSILON) * responses);
                case SEQ_MEAN_TOKEN_SUM -> 1.0 / responses;
            };
            for (int t = 0; t < mask[i].length; t++) {
                weights[i][t] = mask[i][t] ? weight : 0;
            }
        }
        return weights;
    }

    /**
     * The aggregated loss.
     *
     * @param losses [response][token]
     * @throws IllegalArgumentException if the shapes differ
     */
    public static double aggregate(double[][] losses, boolean[][] mask, Aggregation aggregation) {
        return weightedSum(losses, mask, weights(mask, aggregation));
    }

    /**
     * The sum over all marked tokens divided by the length of the longest row: an aggregation of the reference code that no
     * recipe names.
     */
    public static double sumOverLongest(double[][] losses, boolean[][] mask) {
        int longest = 1;
        for (boolean[] row : mask) {
            longest = Math.max(longest, row.length);
        }
        return sumOver(losses, mask, longest);
    }

    /**
     * The sum over all marked tokens divided by a constant length: an aggregation of the reference code that no recipe
     * names.
     */
    public static double sumOver(double[][] losses, boolean[][] mask, double constantLength) {
        if (!(constantLength > 0)) {
            throw new IllegalArgumentException("the constant length must be positive, but was " + constantLength);
        }
        double[][] weights = Shapes.like(mask);
        for (double[] row : weights) {
            Arrays.fill(row, 1 / constantLength);
        }
        return weightedSum(losses, mask, weights);
    }

    static double weightedSum(double[][] losses, boolean[][] mask, double[][] weights) {
        Shapes.requireRows("losses", losses, mask);
        double sum = 0;
        for (int i = 0; i < losses.length; i++) {
            for (int t = 0; t < losses[i].length; t++) {
                if (mask[i][t]) {
                    sum += weights[i][t] * losses[i][t];
                }
            }
        }
        return sum;
    }
}
