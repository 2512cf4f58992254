package dev.tempo.conformance.formula;

import dev.tempo.algorithm.AdaptiveKullbackLeibler;
import dev.tempo.algorithm.Entropy;
import dev.tempo.algorithm.KullbackLeibler;
import dev.tempo.algorithm.LossAggregation;
import dev.tempo.algorithm.MaskedStatistics;
import dev.tempo.contract.recipe.Aggregation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The fixture cases of masked statistics, divergences and entropy. */
final class StatisticsCases {
    private StatisticsCases() {}

    static void maskedStatistics(FixtureCase one) {
        double[][] values = one.matrix("values");
        boolean[][] mask = one.mask();
        double whitening = whiteningTolerance(values, mask);
        one.expect("masked_sum", () -> MaskedStatistics.sum(values, mask));
        one.expect("masked_mean", () -> MaskedStatistics.mean(values, mask));
        one.expect("masked_var_unbiased", () -> MaskedStatistics.variance(values, mask));
        one.expect("masked_var_biased", () -> MaskedStatistics.biasedVariance(values, mask));
        one.expect("whitened", whitening, () -> MaskedStatistics.whiten(values, mask));
        one.expect("whitened_keep_mean", whitening, () -> MaskedStatistics.whitenKeepingMean(values, mask));
    }

    /**
     * The tolerance for whitened values. Whitening constant values divides rounding errors by 1e-4, so only four digits of
     * its zeros mean anything.
     */
    static double whiteningTolerance(double[][] values, boolean[][] mask) {
        double least = Double.POSITIVE_INFINITY;
        double greatest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < values.length; i++) {
            for (int t = 0; t < values[i].length; t++) {
                if (mask[i][t]) {
                    least = Math.min(least, values[i][t]);
                    greatest = Math.max(greatest, values[i][t]);
                }
            }
        }
        return greatest - least < 1e-12 ? 1e-4 : FixtureComparison.TOLERANCE;
    }

    static void klEstimators(FixtureCase one) {
        double[][] logProbs = one.matrix("logp");
        double[][] reference = one.matrix("ref_logp");
        boolean[][] mask = one.mask();
        for (String name : one.expectedFields()) {
            KullbackLeibler estimator = KullbackLeibler.named(name);
            Map<?, ?> expected = Json.object(name, one.expected(name));
            one.compareWithin(
                    name,
                    name + ".per_token",
                    expected.get("per_token"),
                    estimator.perToken(logProbs, reference, mask));
            one.compareWithin(
                    name,
                    name + ".masked_mean",
                    expected.get("masked_mean"),
                    estimator.mean(logProbs, reference, mask));
            one.compareWithin(
                    name,
                    name + ".grad_wrt_logp",
                    expected.get("grad_wrt_logp"),
                    estimator.gradient(logProbs, reference, mask));
        }
    }

    static void klReward(FixtureCase one) {
        if (one.has("updates")) {
            klController(one);
            return;
        }
        KullbackLeibler estimator = KullbackLeibler.named(one.has("estimator") ? one.text("estimator") : "k1");
        one.expect(
                "token_rewards",
                () -> estimator.penalised(
                        one.matrix("token_scores"),
                        one.matrix("logp"),
                        one.matrix("ref_logp"),
                        one.mask(),
                        one.number("beta")));
    }

    private static void klController(FixtureCase one) {
        AdaptiveKullbackLeibler coefficient =
                new AdaptiveKullbackLeibler(one.number("initial_beta"), one.number("target_kl"), one.number("horizon"));
        List<Double> betas = new ArrayList<>();
        for (Object update : one.list("updates")) {
            Map<?, ?> seen = Json.object("updates", update);
            coefficient = coefficient.after(Json.number("kl", seen.get("kl")), Json.number("n", seen.get("n")));
            betas.add(coefficient.beta());
        }
        one.expect("beta_after_each", () -> betas);
    }

    static void entropy(FixtureCase one) {
        List<?> logits = one.list("logits");
        double[][] tokens = one.matrix("tokens");
        double[][] entropies = new double[logits.size()][];
        double[][] logProbs = new double[logits.size()][];
        for (int i = 0; i < entropies.length; i++) {
            List<?> row = Json.list("logits[" + i + "]", logits.get(i));
            entropies[i] = new double[row.size()];
            logProbs[i] = new double[row.size()];
            for (int t = 0; t < row.size(); t++) {
                double[] distribution = Json.numbers("logits[" + i + "][" + t + "]", row.get(t));
                entropies[i][t] = Entropy.of(distribution);
                logProbs[i][t] = Entropy.logProbability(distribution, (int) tokens[i][t]);
            }
        }
        one.expect("entropy_per_token", () -> entropies);
        one.expect("logp_per_token", () -> logProbs);
        for (Aggregation aggregation : Aggregation.values()) {
            one.expect(
                    "entropy_" + LossCases.name(aggregation),
                    () -> LossAggregation.aggregate(entropies, one.mask(), aggregation));
        }
        one.expect("entropy_" + LossCases.CONSTANT_LENGTH, () -> LossAggregation.sumOverLongest(entropies, one.mask()));
    }
}
