package dev.tempo.algorithm;

import dev.tempo.contract.recipe.Aggregation;

/**
 * The loss of a mini-batch under a {@link PolicyClip} (Eq. 12 with clipped ratios), with the numbers that are measured
 * beside it. Arrays are [response][token] and have the mask's shape.
 */
public final class PolicyLoss {
    private final double loss;
    private final double clipFraction;
    private final double lowerClipFraction;
    private final double approxKl;
    private final double[][] perToken;
    private final double[][] gradient;

    private PolicyLoss(
            double loss,
            double clipFraction,
            double lowerClipFraction,
            double approxKl,
            double[][] perToken,
            double[][] gradient) {
        this.loss = loss;
        this.clipFraction = clipFraction;
        this.lowerClipFraction = lowerClipFraction;
        this.approxKl = approxKl;
        this.perToken = perToken;
        this.gradient = gradient;
    }

    static PolicyLoss of(TokenLosses tokens, double approxKl, boolean[][] mask, Aggregation aggregation) {
        double[][] weights = LossAggregation.weights(mask, aggregation);
        double[][] gradient = Shapes.like(mask);
        for (int i = 0; i < mask.length; i++) {
            for (int t = 0; t < mask[i].length; t++) {
                gradient[i][t] = mask[i][t] ? weights[i][t] * tokens.slopes[i][t] : 0;
            }
        }
        return new PolicyLoss(
                LossAggregation.weightedSum(tokens.losses, mask, weights),
                MaskedStatistics.share(tokens.clipped, mask),
                MaskedStatistics.share(tokens.clippedBelow, mask),
                approxKl,
                tokens.losses,
                gradient);
    }

    /** The aggregated loss, which training minimises. */
    public double loss() {
        return loss;
    }

    /** The share of marked tokens whose clipped loss is the greater one. */
    public double clipFraction() {
        return clipFraction;
    }

    /** The share of marked tokens that the second bound of {@link DualClip} holds; 0 for other clips. */
    public double lowerClipFraction() {
        return lowerClipFraction;
    }

    /** The mean of old minus new log-probability over the marked tokens, in nats: an estimate of KL(old || new). */
    public double approxKl() {
        return approxKl;
    }

    /** The loss of each token before aggregation, at unmarked positions too. */
    public double[][] perToken() {
        return Shapes.copy(perToken);
    }

    /** The derivative of the loss with respect to each new log-probability; 0 at unmarked positions. */
    public double[][] gradient() {
        return Shapes.copy(gradient);
    }

    /**
     * The losses of single tokens: the loss, its derivative with respect to the token's new log-probability, and which clip
     * took effect.
     */
    static final class TokenLosses {
        final double[][] losses;
        final double[][] slopes;
        final boolean[][] clipped;
        final boolean[][] clippedBelow;

        TokenLosses(boolean[][] mask) {
            losses = Shapes.like(mask);
            slopes = Shapes.like(mask);
            clipped = new boolean[mask.length][];
            clippedBelow = new boolean[mask.length][];
            for (int i = 0; i < mask.length; i++) {
                clipped[i] = new boolean[mask[i].length];
                clippedBelow[i] = new boolean[mask[i].length];
            }
        }
    }
}
