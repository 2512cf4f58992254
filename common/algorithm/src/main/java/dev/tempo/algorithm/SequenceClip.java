package dev.tempo.algorithm;

import dev.tempo.algorithm.PolicyLoss.TokenLosses;
import dev.tempo.contract.recipe.Aggregation;

/**
 * The clip of GSPO with token-level advantages (GSPO-token, arXiv 2507.18071). All tokens of a response share the ratio s =
 * exp(mean over its tokens of new - old), held at exp(10); a token's loss is the greater of -A_t s and -A_t clip(s, 1 - low,
 * 1 + high). The gradient is that of s exp(new_t - stop(new_t)): it changes each token's own log-probability only.
 *
 * @param low how far the ratio may fall below 1
 * @param high how far the ratio may rise above 1
 * @param aggregation how the losses of single tokens become one number
 */
public record SequenceClip(double low, double high, Aggregation aggregation) implements PolicyClip {
    private static final double GREATEST_LOG_RATIO = 10;

    public SequenceClip {
        PolicyClip.requireRange(low, high);
    }

    /** The ratio s of each response; 1 for a response without marked tokens. */
    public static double[] ratios(double[][] oldLogProbs, double[][] newLogProbs, boolean[][] mask) {
        double[] ratios = new double[mask.length];
        for (int i = 0; i < mask.length; i++) {
            ratios[i] = Math.exp(Math.min(meanLogRatio(oldLogProbs[i], newLogProbs[i], mask[i]), GREATEST_LOG_RATIO));
        }
        return ratios;
    }

    @Override
    public PolicyLoss loss(double[][] oldLogProbs, double[][] newLogProbs, double[][] advantages, boolean[][] mask) {
        Shapes.requireRows("old log-probabilities", oldLogProbs, mask);
        Shapes.requireRows("new log-probabilities", newLogProbs, mask);
        Shapes.requireRows("advantages", advantages, mask);
        double[] ratios = ratios(oldLogProbs, newLogProbs, mask);
        TokenLosses tokens = new TokenLosses(mask);
        double[][] fall = Shapes.like(mask);
        for (int i = 0; i < mask.length; i++) {
            double ratio = ratios[i];
            double clippedRatio = Math.min(Math.max(ratio, 1 - low), 1 + high);
            boolean capped = meanLogRatio(oldLogProbs[i], newLogProbs[i], mask[i]) > GREATEST_LOG_RATIO;
            for (int t = 0; t < mask[i].length; t++) {
                double plain = -advantages[i][t] * ratio;
                double clipped = -advantages[i][t] * clippedRatio;
                tokens.losses[i][t] = Math.max(plain, clipped);
                tokens.slopes[i][t] = plain >= clipped && !capped ? plain : 0;
                tokens.clipped[i][t] = clipped > plain;
                fall[i][t] = oldLogProbs[i][t] - newLogProbs[i][t];
            }
        }
        return PolicyLoss.of(tokens, MaskedStatistics.mean(fall, mask), mask, aggregation);
    }

    private static double meanLogRatio(double[] oldLogProbs, double[] newLogProbs, boolean[] mask) {
        double sum = 0;
        for (int t = 0; t < mask.length; t++) {
            sum += mask[t] ? newLogProbs[t] - oldLogProbs[t] : 0;
        }
        return sum / Math.max(1, Shapes.count(mask));
    }
}
