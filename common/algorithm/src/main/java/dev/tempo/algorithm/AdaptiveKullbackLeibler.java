package dev.tempo.algorithm;

/**
 * The coefficient of a KL penalty that is adapted so that the measured divergence approaches a target (Ziegler et al., arXiv
 * 1909.08593).
 *
 * @param beta the present coefficient, at least 0
 * @param target the divergence aimed at, in nats, positive
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

    /**
     * The coefficient after a batch: beta * (1 + e n / horizon), where e = kl / target - 1, held in [-0.2, 0.2], and n is
     * the number of samples in the batch.
     *
     * @param kl the divergence measured on the batch, in nats
     * @param samples n
     */
    public AdaptiveKullbackLeibler after(double kl, double samples) {
        double error = Math.min(Math.max(kl / target - 1, -GREATEST_ERROR), GREATEST_ERROR);
        return new AdaptiveKullbackLeibler(beta * (1 + error * samples / horizon), target, horizon);
    }
}
