package dev.tempo.algorithm;

/**
 * An estimator of KL(policy || reference) in nats from the log-probabilities of sampled tokens (Schulman, "Approximating KL
 * divergence", 2020; the straight-through forms as in verl).
 *
 * @param form which estimate
 * @param straightThrough true: the value is the form's, but the gradient that of {@link Form#K2}, which is the true
 *     divergence's in expectation
 */
public record KullbackLeibler(Form form, boolean straightThrough) {
    private static final double GREATEST_EXPONENT = 20;
    private static final double GREATEST_K3 = 10;

    /** The form of an estimate, with e = log p - log p_ref. */
    public enum Form {
        /** The estimate e: unbiased, can be negative. */
        K1,
        /** The estimate |e|: never negative, biased. */
        ABSOLUTE,
        /** The estimate e^2 / 2: never negative, biased. */
        K2,
        /** The estimate exp(-e) + e - 1, held in [-10, 10]: never negative, unbiased where it is not held. */
        K3
    }

    /**
     * The estimator of a name as the reference code writes it: k1, abs, k2 or k3, with a {@code +} behind it for straight-through.
     *
     * @throws IllegalArgumentException for an unknown name
     */
    public static KullbackLeibler named(String name) {
        boolean straightThrough = name.endsWith("+");
        String form = straightThrough ? name.substring(0, name.length() - 1) : name;
        return new KullbackLeibler(
                switch (form) {
                    case "k1", "kl" -> Form.K1;
                    case "abs" -> Form.ABSOLUTE;
                    case "k2", "mse" -> Form.K2;
                    case "k3", "low_var_kl" -> Form.K3;
                    default ->
                        throw new IllegalArgumentException(
                                "the KL estimator must be k1, abs, k2 or k3, a + behind it or not, but was " + name);
                },
                straightThrough);
    }

    /** The estimate at one token, in nats. */
    public double value(double logProb, double referenceLogProb) {
        double e = logProb - referenceLogProb;
        return switch (form) {
            case K1 -> e;
            case ABSOLUTE -> Math.abs(e);
            case K2 -> e * e / 2;
            case K3 -> Math.min(Math.max(unheldK3(e), -GREATEST_K3), GREATEST_K3);
        };
    }

    /** The derivative of {@link #value} with respect to the policy's log-probability. */
    public double slope(double logProb, double referenceLogProb) {
        double e = logProb - referenceLogProb;
        if (straightThrough) {
            return e;
        }
        return switch (form) {
            case K1 -> 1;
            case ABSOLUTE -> Math.signum(e);
            case K2 -> e;
            case K3 -> Math.abs(unheldK3(e)) <= GREATEST_K3 ? 1 - Math.exp(-e) : 0;
        };
    }

    /**
     * The estimate at every position, [response][token], in nats.
     *
     * @throws IllegalArgumentException if the shapes differ
     */
    public double[][] perToken(double[][] logProbs, double[][] referenceLogProbs, boolean[][] mask) {
        Shapes.requireRows("log-probabilities", logProbs, mask);
        Shapes.requireRows("reference log-probabilities", referenceLogProbs, mask);
        double[][] estimates = Shapes.like(mask);
        for (int i = 0; i < mask.length; i++) {
            for (int t = 0; t < mask[i].length; t++) {
                estimates[i][t] = value(logProbs[i][t], referenceLogProbs[i][t]);
            }
        }
        return estimates;
    }

    /**
     * The mean estimate over the marked tokens, in nats.
     *
     * @throws IllegalArgumentException if the shapes differ
     */
    public double mean(double[][] logProbs, double[][] referenceLogProbs, boolean[][] mask) {
        return MaskedStatistics.mean(perToken(logProbs, referenceLogProbs, mask), mask);
    }

    /** The derivative of {@link #mean} with respect to each of the policy's log-probabilities, [response][token]. */
    public double[][] gradient(double[][] logProbs, double[][] referenceLogProbs, boolean[][] mask) {
        double tokens = MaskedStatistics.count(mask) + MaskedStatistics.COUNT_EPSILON;
        double[][] gradient = Shapes.like(mask);
        for (int i = 0; i < mask.length; i++) {
            for (int t = 0; t < mask[i].length; t++) {
                gradient[i][t] = mask[i][t] ? slope(logProbs[i][t], referenceLogProbs[i][t]) / tokens : 0;
            }
        }
        return gradient;
    }

    /**
     * The rewards of tokens less a KL penalty: score - beta * estimate on marked tokens, the score elsewhere.
     *
     * @param scores the rewards without penalty, [response][token]
     * @param beta the penalty's coefficient
     */
    public double[][] penalised(
            double[][] scores, double[][] logProbs, double[][] referenceLogProbs, boolean[][] mask, double beta) {
        Shapes.requireRows("scores", scores, mask);
        double[][] estimates = perToken(logProbs, referenceLogProbs, mask);
        double[][] rewards = Shapes.copy(scores);
        for (int i = 0; i < mask.length; i++) {
            for (int t = 0; t < mask[i].length; t++) {
                rewards[i][t] -= mask[i][t] ? beta * estimates[i][t] : 0;
            }
        }
        return rewards;
    }

    private static double unheldK3(double e) {
        double held = Math.min(Math.max(-e, -GREATEST_EXPONENT), GREATEST_EXPONENT);
        return Math.exp(held) - held - 1;
    }
}
