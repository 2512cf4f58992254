package dev.tempo.algorithm;

import dev.tempo.algorithm.PolicyLoss.TokenLosses;
import dev.tempo.contract.recipe.Aggregation;

/**
 * The clip of {@link TokenClip} with a second bound for tokens of negative advantage A: their loss never exceeds -A c,
 * however large the ratio (Ye et al., arXiv 1912.09729).
 *
 * @param low how far the ratio may fall below 1
 * @param high how far the ratio may rise above 1
 * @param bound c, greater than 1
 * @param aggregation how the losses of single tokens become one number
 */
public record DualClip(double low, double high, double bound, Aggregation aggregation) implements PolicyClip {
    public DualClip {
        PolicyClip.requireRange(low, high);
        if (!(bound > 1)) {
            throw new IllegalArgumentException("the dual clip's bound must be greater than 1, but was " + bound);
        }
    }

    @Override
    public PolicyLoss loss(double[][] oldLogProbs, double[][] newLogProbs, double[][] advantages, boolean[][] mask) {
        TokenLosses tokens =
                new TokenClip(low, high, aggregation).tokenLosses(oldLogProbs, newLogProbs, advantages, mask);
        for (int i = 0; i < mask.length; i++) {
            for (int t = 0; t < mask[i].length; t++) {
                double greatest = -advantages[i][t] * bound;
                if (advantages[i][t] < 0 && tokens.losses[i][t] > greatest) {
                    tokens.losses[i][t] = greatest;
                    tokens.slopes[i][t] = 0;
                    tokens.clippedBelow[i][t] = true;
                }
            }
        }
        return PolicyLoss.of(tokens, TokenClip.approxKl(oldLogProbs, newLogProbs, mask), mask, aggregation);
    }
}
