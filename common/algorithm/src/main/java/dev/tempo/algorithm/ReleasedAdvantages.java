package dev.tempo.algorithm;

import java.util.List;

/**
 * The advantages of the released TEMPO code, whose batches mix labeled and unlabeled responses. A labeled response is scored
 * by the sum of its token rewards, an unlabeled one by the critic's value at its last marked token (0 if it has none). The
 * code's values have one entry per response token, the value before the token. Arrays are [response][token].
 */
public final class ReleasedAdvantages {
    private final double[] outcomes;
    private final double[][] raw;
    private final double[][] advantages;
    private final double[][] criticTargets;

    private ReleasedAdvantages(double[] outcomes, double[][] raw, double[][] advantages, double[][] criticTargets) {
        this.outcomes = outcomes;
        this.raw = raw;
        this.advantages = advantages;
        this.criticTargets = criticTargets;
    }

    /** The token-level advantages: outcome - V, whitened over the whole batch. The critic's target is the outcome. */
    public static ReleasedAdvantages tokenLevel(
            double[][] values, double[][] rewards, boolean[][] mask, boolean[] labeled) {
        double[] outcomes = outcomes(values, rewards, mask, labeled);
        double[][] raw = Shapes.like(mask);
        double[][] targets = Shapes.like(mask);
        for (int i = 0; i < mask.length; i++) {
            for (int t = 0; t < mask[i].length; t++) {
                raw[i][t] = mask[i][t] ? outcomes[i] - values[i][t] : 0;
                targets[i][t] = mask[i][t] ? outcomes[i] : 0;
            }
        }
        return new ReleasedAdvantages(outcomes, raw, MaskedStatistics.whiten(raw, mask), targets);
    }

    /**
     * The group-level advantages: the outcome (held in [-1, 1] if unlabeled), normalised within its question's group; a
     * group of one gets 0. The critic's target is the outcome of a labeled response, and its own value for an unlabeled one.
     */
    public static ReleasedAdvantages groupLevel(
            double[][] values,
            double[][] rewards,
            boolean[][] mask,
            boolean[] labeled,
            List<?> groups,
            boolean divideByDeviation,
            double epsilon) {
        double[] outcomes = outcomes(values, rewards, mask, labeled);
        for (int i = 0; i < outcomes.length; i++) {
            outcomes[i] = labeled[i] ? outcomes[i] : Math.min(Math.max(outcomes[i], -1), 1);
        }
        double[] normalised = Advantages.normalised(outcomes, groups, divideByDeviation, epsilon, true);
        double[][] advantages = Shapes.like(mask);
        double[][] targets = Shapes.like(mask);
        for (int i = 0; i < mask.length; i++) {
            for (int t = 0; t < mask[i].length; t++) {
                advantages[i][t] = mask[i][t] ? normalised[i] : 0;
                double target = labeled[i] ? outcomes[i] : values[i][t];
                targets[i][t] = mask[i][t] ? target : 0;
            }
        }
        return new ReleasedAdvantages(outcomes, advantages, advantages, targets);
    }

    /**
     * The generalised advantages: those of {@link GeneralisedAdvantage} with the rewards of unlabeled responses set to 0,
     * whitened. The critic's target is A + V for a labeled response, and its own value for an unlabeled one.
     */
    public static ReleasedAdvantages generalised(
            double[][] values, double[][] rewards, boolean[][] mask, boolean[] labeled, double gamma, double lambda) {
        double[] outcomes = outcomes(values, rewards, mask, labeled);
        double[][] known = Shapes.copy(rewards);
        for (int i = 0; i < known.length; i++) {
            for (int t = 0; t < known[i].length; t++) {
                known[i][t] = labeled[i] ? known[i][t] : 0;
            }
        }
        GeneralisedAdvantage estimate = GeneralisedAdvantage.of(known, values, mask, gamma, lambda);
        double[][] returns = estimate.returns();
        double[][] targets = Shapes.like(mask);
        for (int i = 0; i < mask.length; i++) {
            for (int t = 0; t < mask[i].length; t++) {
                targets[i][t] = labeled[i] ? returns[i][t] : values[i][t];
            }
        }
        double[][] raw = estimate.advantages();
        return new ReleasedAdvantages(outcomes, raw, MaskedStatistics.whiten(raw, mask), targets);
    }

    /** The score of each response. */
    public double[] outcomes() {
        return outcomes.clone();
    }

    /** The advantages before whitening, [response][token]. */
    public double[][] raw() {
        return Shapes.copy(raw);
    }

    /** The advantages that the policy loss takes, [response][token], whitened where the variant whitens. */
    public double[][] advantages() {
        return Shapes.copy(advantages);
    }

    /** The targets of the value loss, [response][token]. */
    public double[][] criticTargets() {
        return Shapes.copy(criticTargets);
    }

    private static double[] outcomes(double[][] values, double[][] rewards, boolean[][] mask, boolean[] labeled) {
        Shapes.requireRows("values", values, mask);
        Shapes.requireRows("rewards", rewards, mask);
        Shapes.requireLength("labeled", labeled.length, mask.length);
        double[] outcomes = new double[mask.length];
        for (int i = 0; i < mask.length; i++) {
            double sum = 0;
            double last = 0;
            for (int t = 0; t < mask[i].length; t++) {
                sum += rewards[i][t];
                last = mask[i][t] ? values[i][t] : last;
            }
            outcomes[i] = labeled[i] ? sum : last;
        }
        return outcomes;
    }
}
