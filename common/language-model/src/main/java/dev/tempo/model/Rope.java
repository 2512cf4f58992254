package dev.tempo.model;

import org.jspecify.annotations.Nullable;

/**
 * Rotary position embedding (Su et al., arXiv 2104.09864): in a head of D entries pair j of D/2 is rotated by theta^(-2j/D)
 * radians per position.
 *
 * @param yarn the stretching of frequencies for contexts longer than those trained on; null for none
 */
public record Rope(double theta, @Nullable Yarn yarn) {
    public Rope {
        if (!(theta > 0) || Double.isInfinite(theta)) {
            throw new IllegalArgumentException("rope_theta must be above 0, but is " + theta);
        }
    }

    /** An embedding whose frequencies are not stretched. */
    public static Rope plain(double theta) {
        return new Rope(theta, null);
    }

    /**
     * The stretching of YaRN (Peng et al., arXiv 2309.00071): frequencies of slow rotations are divided by a factor, those
     * of fast rotations stay, those between are interpolated.
     *
     * @param factor the divisor of slow rotations' frequencies
     * @param originalPositions the context that the model was first trained on, in tokens
     * @param attentionFactor the factor by which cosines and sines are multiplied
     * @param betaFast turns within the original context from which a rotation counts as fast
     * @param betaSlow turns within the original context up to which a rotation counts as slow
     * @param truncate whether the interpolation begins and ends at whole pairs
     */
    public record Yarn(
            double factor,
            int originalPositions,
            double attentionFactor,
            double betaFast,
            double betaSlow,
            boolean truncate) {
        public Yarn {
            if (!(factor >= 1) || Double.isInfinite(factor)) {
                throw new IllegalArgumentException(
                        "YaRN's factor " + factor + " is not supported; it must be at least 1");
            }
            if (!(attentionFactor > 0) || !(betaFast > 0) || !(betaSlow > 0)) {
                throw new IllegalArgumentException(
                        "YaRN's attention_factor and betas must be above 0, but are attention_factor " + attentionFactor
                                + ", beta_fast " + betaFast + ", beta_slow " + betaSlow);
            }
            if (originalPositions < 1) {
                throw new IllegalArgumentException(
                        "original_max_position_embeddings must be at least 1, but is " + originalPositions);
            }
        }

        /** The attention factor of a config that gives none: 0.1 ln s + 1 for the stretching factor s. */
        public static double attentionFactor(double factor) {
            return attentionFactor(factor, 1);
        }

        public static double attentionFactor(double factor, double scale) {
            return factor <= 1 ? 1 : 0.1 * scale * Math.log(factor) + 1;
        }

        private double[] stretched(double[] frequencies, double theta) {
            int dimension = 2 * frequencies.length;
            double low = pairAt(betaFast, dimension, theta);
            double high = pairAt(betaSlow, dimension, theta);
            if (truncate) {
                low = Math.floor(low);
                high = Math.ceil(high);
            }
            low = Math.max(low, 0);
            high = Math.min(high, dimension - 1);
            double width = low == high ? 0.001 : high - low;
            double[] result = new double[frequencies.length];
            for (int j = 0; j < result.length; j++) {
                double ramp = Math.max(0, Math.min(1, (j - low) / width));
                result[j] = frequencies[j] / factor * ramp + frequencies[j] * (1 - ramp);
            }
            return result;
        }

        /** The index of the pair, not necessarily whole, that makes this many turns within the original context. */
        private double pairAt(double turns, int dimension, double theta) {
            return dimension * Math.log(originalPositions / (turns * 2 * Math.PI)) / (2 * Math.log(theta));
        }
    }

    /** The rotation of each pair in radians per position: D/2 numbers for a head of D entries. */
    public double[] inverseFrequencies(int headDimension) {
        double[] frequencies = new double[headDimension / 2];
        for (int j = 0; j < frequencies.length; j++) {
            frequencies[j] = Math.pow(theta, -2.0 * j / headDimension);
        }
        return yarn == null ? frequencies : yarn.stretched(frequencies, theta);
    }

    /** The factor by which cosines and sines are multiplied: 1 without YaRN. */
    public double attentionFactor() {
        return yarn == null ? 1 : yarn.attentionFactor;
    }
}
