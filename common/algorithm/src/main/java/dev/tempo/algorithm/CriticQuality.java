package dev.tempo.algorithm;

import java.util.stream.IntStream;

/**
 * The quality of a critic's values: ranking (AUC), calibration (Brier score), posterior gap, explained variance. Arrays have one entry per
 * response.
 */
public final class CriticQuality {
    private static final double NO_VARIANCE = 1e-8;

    private CriticQuality() {}

    /**
     * The AUC: the probability that a correct response gets a higher value than a wrong one, with ties counted one half; 0.5
     * if there are only correct or only wrong ones.
     *
     * @param confidences the critic's last value of each response
     * @param correct whether each response is correct
     */
    public static double auc(double[] confidences, boolean[] correct) {
        Shapes.requireLength("correct", correct.length, confidences.length);
        double[] wrong = sorted(confidences, correct, false);
        double[] right = sorted(confidences, correct, true);
        double wins = 0;
        int below = 0;
        int notAbove = 0;
        for (double confidence : right) {
            while (below < wrong.length && wrong[below] < confidence) {
                below++;
            }
            while (notAbove < wrong.length && wrong[notAbove] <= confidence) {
                notAbove++;
            }
            wins += (below + notAbove) / 2.0;
        }
        long pairs = (long) wrong.length * right.length;
        return pairs == 0 ? 0.5 : wins / pairs;
    }

    private static double[] sorted(double[] confidences, boolean[] correct, boolean which) {
        return IntStream.range(0, correct.length)
                .filter(i -> correct[i] == which)
                .mapToDouble(i -> confidences[i])
                .sorted()
                .toArray();
    }

    /**
     * The Brier score: the mean of (value - I)^2, where I is 1 for a correct response and 0 for a wrong one. Values outside
     * [0, 1] are taken as they are.
     *
     * @param confidences the critic's last value of each response
     * @param correct whether each response is correct
     * @throws IllegalArgumentException if there is no response
     */
    public static double brier(double[] confidences, boolean[] correct) {
        Shapes.requireLength("correct", correct.length, confidences.length);
        if (confidences.length == 0) {
            throw new IllegalArgumentException("a Brier score needs at least 1 response");
        }
        double sum = 0;
        for (int i = 0; i < correct.length; i++) {
            double error = confidences[i] - (correct[i] ? 1 : 0);
            sum += error * error;
        }
        return sum / correct.length;
    }

    /**
     * The posterior gap of one question: -ln(sum of V over the right responses / sum of V over all), V clipped to [0, 1]. It
     * is the divergence from the critic's weights over the question's responses to the same weights over the right ones
     * alone: 0 where all value is on right responses, infinite where none is, NaN where nothing has value.
     *
     * @param confidences the critic's last value of each response
     * @param correct whether each response is correct
     */
    public static double posteriorGap(double[] confidences, boolean[] correct) {
        Shapes.requireLength("correct", correct.length, confidences.length);
        double right = 0;
        double all = 0;
        for (int i = 0; i < correct.length; i++) {
            double value = Math.min(1, Math.max(0, confidences[i]));
            right += correct[i] ? value : 0;
            all += value;
        }
        return Math.log(all) - Math.log(right);
    }

    /**
     * The explained variance: 1 - var(target - value) / (var(target) + 1e-8), with population variances; 0 if the targets do
     * not vary.
     */
    public static double explainedVariance(double[] values, double[] targets) {
        Shapes.requireLength("targets", targets.length, values.length);
        double variance = variance(targets);
        if (variance <= NO_VARIANCE) {
            return 0;
        }
        double[] residuals = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            residuals[i] = targets[i] - values[i];
        }
        return 1 - variance(residuals) / (variance + NO_VARIANCE);
    }

    private static double variance(double[] xs) {
        double mean = 0;
        for (double x : xs) {
            mean += x / xs.length;
        }
        double sum = 0;
        for (double x : xs) {
            sum += (x - mean) * (x - mean);
        }
        return xs.length == 0 ? 0 : sum / xs.length;
    }
}
