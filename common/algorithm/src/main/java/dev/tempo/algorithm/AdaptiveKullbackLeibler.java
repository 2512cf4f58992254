package dev.tempo.algorithm;

/**
 * A coefficient of the KL penalty that steers the measured divergence towards a target (Ziegler et al.,
 * arXiv 1909.08593).
 *
 * @param beta the coefficient now
 * @param target the divergence aimed at, positive
 * @param horizon how many samples a full correction takes, positive
 */
public record AdaptiveKullbackLeibler(double beta, double target, double horizon) {
    private static final double GREATEST_ERROR = 0.2;

    public AdaptiveKullbackLeibler {
        if (!(beta >= 0)) {
            throw new IllegalArgumentException("the KL coefficient must be at least 0, but was " + beta);
        }
        if (!(target > 0)) {
            throw new IllegalArgumentException("the KL target must be positive, but was " + target);
        }
        if (!(horizon > 0)) {
            throw new IllegalArgumentException("the KL horizon must be positive, but was " + horizon);
        }
    }

    /** beta * (1 + e n / horizon), where e = kl / target - 1, held in [-0.2, 0.2], and n counts the samples seen. */
    public AdaptiveKullbackLeibler after(double kl, double samples) {
        double error = Math.min(Math.max(kl / target - 1, -GREATEST_ERROR), GREATEST_ERROR);
        return new AdaptiveKullbackLeibler(beta * (1 + error * samples / horizon), target, horizon);
    }
}
