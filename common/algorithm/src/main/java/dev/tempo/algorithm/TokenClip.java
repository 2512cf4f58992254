package dev.tempo.algorithm;

import dev.tempo.algorithm.PolicyLoss.TokenLosses;
import dev.tempo.contract.recipe.Aggregation;

/**
 * The clip of PPO, of each token's own ratio (Schulman et al., arXiv 1707.06347): the loss is the greater of -A r and -A
 * clip(r, 1 - low, 1 + high), with r = exp(new - old), the exponent held in [-20, 20].
 *
 * @param low how far the ratio may fall below 1
 * @param high how far the ratio may rise above 1
 * @param aggregation how the losses of single tokens become one number
 */
public record TokenClip(double low, double high, Aggregation aggregation) implements PolicyClip {
    static final double GREATEST_LOG_RATIO = 20;

    public TokenClip {
        PolicyClip.requireRange(low, high);
    }

    @Override
    public PolicyLoss loss(double[][] oldLogProbs, double[][] newLogProbs, double[][] advantages, boolean[][] mask) {
        TokenLosses tokens = tokenLosses(oldLogProbs, newLogProbs, advantages, mask);
        return PolicyLoss.of(tokens, approxKl(oldLogProbs, newLogProbs, mask), mask, aggregation);
    }

    TokenLosses tokenLosses(double[][] oldLogProbs, double[][] newLogProbs, double[][] advantages, boolean[][] mask) {
        Shapes.requireRows("old log-probabilities", oldLogProbs, mask);
        Shapes.requireRows("new log-probabilities", newLogProbs, mask);
        Shapes.requireRows("advantages", advantages, mask);
        TokenLosses tokens = new TokenLosses(mask);
        for (int i = 0; i < mask.length; i++) {
            for (int t = 0; t < mask[i].length; t++) {
                double logRatio = newLogProbs[i][t] - oldLogProbs[i][t];
                double ratio = Math.exp(held(logRatio));
                double plain = -advantages[i][t] * ratio;
                double clipped = -advantages[i][t] * Math.min(Math.max(ratio, 1 - low), 1 + high);
                boolean moves = plain >= clipped && Math.abs(logRatio) <= GREATEST_LOG_RATIO;
                tokens.losses[i][t] = Math.max(plain, clipped);
                tokens.slopes[i][t] = moves ? plain : 0; // d ratio / d log-probability is the ratio itself
                tokens.clipped[i][t] = clipped > plain;
            }
        }
        return tokens;
    }

    static double approxKl(double[][] oldLogProbs, double[][] newLogProbs, boolean[][] mask) {
        double[][] fall = Shapes.like(mask);
        for (int i = 0; i < mask.length; i++) {
            for (int t = 0; t < mask[i].length; t++) {
                fall[i][t] = -held(newLogProbs[i][t] - oldLogProbs[i][t]);
            }
        }
        return MaskedStatistics.mean(fall, mask);
    }

    private static double held(double logRatio) {
        return Math.min(Math.max(logRatio, -GREATEST_LOG_RATIO), GREATEST_LOG_RATIO);
    }
}
