package dev.tempo.model;

import org.jspecify.annotations.Nullable;

/**
 * Rotary position embedding of some layers: pair j of D/2 of a head turns by theta^(-2j/D) radians per position.
 *
 * @param yarn how the frequencies are stretched for contexts longer than those trained on; null for not at all
 */
public record Rope(double theta, @Nullable Yarn yarn) {
    public Rope {
        if (!(theta > 0) || Double.isInfinite(theta)) {
            throw new IllegalArgumentException("rope_theta must be above 0, but is " + theta);
        }
    }

    /** Without any stretching. */
    public static Rope plain(double theta) {
        return new Rope(theta, null);
    }

    /**
     * YaRN (Peng et al. 2023): slow rotations are slowed down further by a factor, fast ones kept, a ramp between.
     *
     * @param originalPositions the context that the model was first trained on
     * @param attentionFactor what cosines and sines are multiplied by
     * @param betaFast turns within the original context from which a rotation counts as fast
     * @param betaSlow turns up to which it counts as slow
     * @param truncate whether the ramp begins and ends at whole pairs
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

        /** The attention factor where none is given: 0.1 ln s + 1. */
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

        /** Which pair makes so many turns within the original context. */
        private double pairAt(double turns, int dimension, double theta) {
            return dimension * Math.log(originalPositions / (turns * 2 * Math.PI)) / (2 * Math.log(theta));
        }
    }

    /** Radians per position of each pair of a head's entries, D/2 of them. */
    public double[] inverseFrequencies(int headDimension) {
        double[] frequencies = new double[headDimension / 2];
        for (int j = 0; j < frequencies.length; j++) {
            frequencies[j] = Math.pow(theta, -2.0 * j / headDimension);
        }
        return yarn == null ? frequencies : yarn.stretched(frequencies, theta);
    }

    /** What cosines and sines are multiplied by. */
    public double attentionFactor() {
        return yarn == null ? 1 : yarn.attentionFactor;
    }
}
