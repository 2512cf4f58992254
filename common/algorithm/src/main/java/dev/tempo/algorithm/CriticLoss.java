package dev.tempo.algorithm;

import dev.tempo.contract.recipe.Aggregation;

/** The loss that the E-step minimises, with its gradient. Arrays are [response][value] and have the shape of the mask. */
public final class CriticLoss {
    private final double loss;
    private final double clipFraction;
    private final double[][] gradient;

    private CriticLoss(double loss, double clipFraction, double[][] gradient) {
        this.loss = loss;
        this.clipFraction = clipFraction;
        this.gradient = gradient;
    }

    /**
     * The squared error (V_t - I)^2 over the values from the prompt's end to the end of the response, aggregated (Eq. 6).
     *
     * @param values per response V_0 to V_n
     * @param outcomes I, one per response: 1 where it is correct, 0 where not
     * @param mask the values that count: all of an intact response, those at the environment's tokens included
     * @param aggregation how the losses of single values become one number
     * @throws IllegalArgumentException if the shapes differ
     */
    public static CriticLoss squaredError(
            double[][] values, double[] outcomes, boolean[][] mask, Aggregation aggregation) {
        Shapes.requireRows("values", values, mask);
        Shapes.requireLength("outcomes", outcomes.length, values.length);
        double[][] weights = LossAggregation.weights(mask, aggregation);
        double[][] gradient = Shapes.like(mask);
        double loss = 0;
        for (int i = 0; i < values.length; i++) {
            for (int t = 0; t < values[i].length; t++) {
                if (mask[i][t]) {
                    double error = values[i][t] - outcomes[i];
                    loss += weights[i][t] * error * error;
                    gradient[i][t] = weights[i][t] * 2 * error;
                }
            }
        }
        return new CriticLoss(loss, 0, gradient);
    }

    /**
     * The value loss of PPO as in verl: 0.5 max((new - return)^2, (c - return)^2), aggregated, where c is the new value held
     * within {@code clip} of the old one.
     */
    public static CriticLoss tokenClipped(
            double[][] newValues,
            double[][] oldValues,
            double[][] returns,
            boolean[][] mask,
            double clip,
            Aggregation aggregation) {
        requireShapes(newValues, oldValues, returns, mask, clip);
        double[][] weights = LossAggregation.weights(mask, aggregation);
        double[][] gradient = Shapes.like(mask);
        boolean[][] clipped = flags(mask);
        double loss = 0;
        for (int i = 0; i < newValues.length; i++) {
            for (int t = 0; t < newValues[i].length; t++) {
                if (mask[i][t]) {
                    double held = Math.min(Math.max(newValues[i][t], oldValues[i][t] - clip), oldValues[i][t] + clip);
                    double plainError = newValues[i][t] - returns[i][t];
                    double heldError = held - returns[i][t];
                    clipped[i][t] = heldError * heldError > plainError * plainError;
                    loss += weights[i][t] * 0.5 * Math.max(plainError * plainError, heldError * heldError);
                    gradient[i][t] = clipped[i][t] ? 0 : weights[i][t] * plainError;
                }
            }
        }
        return new CriticLoss(loss, MaskedStatistics.share(clipped, mask), gradient);
    }

    /**
     * The value loss of the released TEMPO code over labeled responses: 0.5 max((new - return)^2, (c - return)^2),
     * aggregated. With D the shift of the response's mean value from old to new, c = new + clip(D, -clip, clip) - D, so a
     * response's values move together; the gradient also flows through D. Without a labeled response the loss is 0.
     *
     * @param labeled which responses count
     */
    public static CriticLoss meanShiftClipped(
            double[][] newValues,
            double[][] oldValues,
            double[][] returns,
            boolean[][] mask,
            boolean[] labeled,
            double clip,
            Aggregation aggregation) {
        requireShapes(newValues, oldValues, returns, mask, clip);
        Shapes.requireLength("labeled", labeled.length, newValues.length);
        boolean[][] counted = flags(mask);
        for (int i = 0; i < mask.length; i++) {
            if (labeled[i]) {
                counted[i] = mask[i].clone();
            }
        }
        double[][] weights = LossAggregation.weights(counted, aggregation);
        double[][] gradient = Shapes.like(mask);
        boolean[][] clipped = flags(mask);
        double loss = 0;
        for (int i = 0; i < newValues.length; i++) {
            double shift = meanOf(newValues[i], counted[i]) - meanOf(oldValues[i], counted[i]);
            double correction = Math.min(Math.max(shift, -clip), clip) - shift;
            boolean outside = Math.abs(shift) > clip;
            double throughShift = 0; // the derivative of the loss with respect to D, by way of all tokens
            for (int t = 0; t < newValues[i].length; t++) {
                if (counted[i][t]) {
                    double plainError = newValues[i][t] - returns[i][t];
                    double heldError = plainError + correction;
                    boolean held = heldError * heldError > plainError * plainError;
                    double error = held ? heldError : plainError;
                    loss += weights[i][t] * 0.5 * error * error;
                    gradient[i][t] = weights[i][t] * error;
                    throughShift -= held && outside ? weights[i][t] * error : 0;
                    clipped[i][t] = outside;
                }
            }
            for (int t = 0; t < newValues[i].length; t++) {
                gradient[i][t] += counted[i][t] ? throughShift / Shapes.count(counted[i]) : 0;
            }
        }
        return new CriticLoss(loss, MaskedStatistics.share(clipped, counted), gradient);
    }

    /** The aggregated loss. */
    public double loss() {
        return loss;
    }

    /** The share of values whose loss is the clipped one; 0 for the plain squared error. */
    public double clipFraction() {
        return clipFraction;
    }

    /** The derivative of the loss with respect to each new value, [response][value]; 0 where a value does not count. */
    public double[][] gradient() {
        return Shapes.copy(gradient);
    }

    private static double meanOf(double[] values, boolean[] mask) {
        double sum = 0;
        for (int t = 0; t < values.length; t++) {
            sum += mask[t] ? values[t] : 0;
        }
        return sum / Math.max(1, Shapes.count(mask));
    }

    private static boolean[][] flags(boolean[][] mask) {
        boolean[][] flags = new boolean[mask.length][];
        for (int i = 0; i < mask.length; i++) {
            flags[i] = new boolean[mask[i].length];
        }
        return flags;
    }

    private static void requireShapes(
            double[][] newValues, double[][] oldValues, double[][] returns, boolean[][] mask, double clip) {
        Shapes.requireRows("new values", newValues, mask);
        Shapes.requireRows("old values", oldValues, mask);
        Shapes.requireRows("returns", returns, mask);
        if (!(clip >= 0)) {
            throw new IllegalArgumentException("the value clip must be at least 0, but was " + clip);
        }
    }
}
