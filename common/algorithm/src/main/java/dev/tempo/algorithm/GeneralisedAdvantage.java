package dev.tempo.algorithm;

/**
 * Generalised advantage estimation over the marked tokens (Schulman et al., arXiv 1506.02438): backwards in time,
 * delta = r_t + gamma V_next - V_t and A_t = delta + gamma lambda A_next, where next is the next marked token and both are
 * 0 after the last. An unmarked position carries the A of the marked token behind it.
 */
public final class GeneralisedAdvantage {
    private final double[][] advantages;
    private final double[][] returns;

    private GeneralisedAdvantage(double[][] advantages, double[][] returns) {
        this.advantages = advantages;
        this.returns = returns;
    }

    /**
     * Estimates the advantages of a batch.
     *
     * @param rewards per token
     * @param values one per token, the value before it
     * @param mask the tokens that the policy wrote
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

    /** A_t, not whitened. */
    public double[][] advantages() {
        return Shapes.copy(advantages);
    }

    /** A_t + V_t, what a value loss regresses on. */
    public double[][] returns() {
        return Shapes.copy(returns);
    }
}
