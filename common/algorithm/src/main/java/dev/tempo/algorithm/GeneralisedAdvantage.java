package dev.tempo.algorithm;

/**
 * Generalised advantage estimation over the marked tokens (Schulman et al., arXiv 1506.02438). Backwards in time, delta =
 * r_t + gamma V_next - V_t and A_t = delta + gamma lambda A_next, where next is the next marked token; V_next and A_next are
 * 0 after the last. An unmarked position has the A of the next marked token.
 */
public final class GeneralisedAdvantage {
    private final double[][] advantages;
    private final double[][] returns;

    private GeneralisedAdvantage(double[][] advantages, double[][] returns) {
        this.advantages = advantages;
        this.returns = returns;
    }

    /**
     * The estimate for a batch.
     *
     * @param rewards r_t, [response][token]
     * @param values V_t, the value before each token, [response][token]
     * @param mask the tokens that the policy wrote
     * @param gamma the discount of later rewards, in [0, 1]
     * @param lambda the weight of longer estimates, in [0, 1]
     * @throws IllegalArgumentException if the shapes differ
     */
    public static GeneralisedAdvantage of(
            double[][] rewards, double[][] values, boolean[][] mask, double gamma, double lambda) {
        Shapes.requireRows("rewards", rewards, mask);
        Shapes.requireRows("values", values, mask);
        double[][] advantages = Shapes.like(mask);
        double[][] returns = Shapes.like(mask);
        for (int i = 0; i < mask.length; i++) {
            double nextValue = 0;
            double nextAdvantage = 0;
            for (int t = mask[i].length - 1; t >= 0; t--) {
                if (mask[i][t]) {
                    double delta = rewards[i][t] + gamma * nextValue - values[i][t];
                    nextAdvantage = delta + gamma * lambda * nextAdvantage;
                    nextValue = values[i][t];
                }
                advantages[i][t] = nextAdvantage;
                returns[i][t] = nextAdvantage + values[i][t];
            }
        }
        return new GeneralisedAdvantage(advantages, returns);
    }

    /** The advantages A_t, [response][token], not whitened. */
    public double[][] advantages() {
        return Shapes.copy(advantages);
    }

    /** The returns A_t + V_t, [response][token], towards which a value loss regresses. */
    public double[][] returns() {
        return Shapes.copy(returns);
    }
}
