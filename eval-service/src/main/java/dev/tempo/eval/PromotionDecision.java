package dev.tempo.eval;

import dev.tempo.algorithm.PairedBets;
import dev.tempo.contract.Promotion.Comparison;
import dev.tempo.contract.PromotionOutcome;
import dev.tempo.contract.recipe.PromotionSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What the answers of two versions to the same questions say. A version is promoted if of every measure it is as sure as the recipe asks that
 * it is not worse by more than the margin; all of them must be, so that none needs to be surer for being one of several (Berger, Multiparameter
 * hypothesis testing and acceptance sampling, Technometrics 24, 1982). It is worse if that is as sure of any of them.
 *
 * @param outcome null where more questions may decide
 */
record PromotionDecision(@Nullable PromotionOutcome outcome, List<Comparison> comparisons, String reason) {

    /** One version's and the promoted one's answers to a question. */
    record Pair(QuestionMeans candidate, QuestionMeans promoted) {}

    /**
     * The decision after some questions, in an order that does not depend on the answers.
     *
     * @param isAll whether there are no more questions
     */
    static PromotionDecision of(List<Pair> pairs, PromotionSettings settings, boolean isAll) {
        List<Comparison> comparisons = List.of(
                comparison("avg", pairs, QuestionMeans::avg, settings.margin(), 1),
                comparison("pass", pairs, QuestionMeans::pass, settings.passMargin(), 1),
                comparison("malformed", pairs, QuestionMeans::malformed, settings.malformedMargin(), -1),
                comparison("length", pairs, QuestionMeans::length, settings.lengthMargin(), -1));
        List<String> worse = new ArrayList<>();
        List<String> open = new ArrayList<>();
        for (Comparison comparison : comparisons) {
            if (comparison.worse() >= settings.confidence()) {
                worse.add(comparison.measure());
            } else if (comparison.notWorse() < settings.confidence()) {
                open.add(comparison.measure());
            }
        }
        if (!worse.isEmpty()) {
            return new PromotionDecision(
                    PromotionOutcome.WORSE,
                    comparisons,
                    "worse by more than the margin in " + String.join(", ", worse));
        }
        if (open.isEmpty()) {
            return new PromotionDecision(
                    PromotionOutcome.PROMOTED, comparisons, "not worse by more than the margin in any measure");
        }
        return new PromotionDecision(
                isAll ? PromotionOutcome.UNDECIDED : null,
                comparisons,
                "the questions are not enough to tell of " + String.join(", ", open));
    }

    private static Comparison comparison(
            String measure, List<Pair> pairs, ToDoubleFunction<QuestionMeans> mean, double margin, int better) {
        double[] differences = pairs.stream()
                .mapToDouble(
                        pair -> better * (mean.applyAsDouble(pair.candidate()) - mean.applyAsDouble(pair.promoted())))
                .toArray();
        PairedBets.Evidence evidence = PairedBets.of(differences, -margin);
        return new Comparison(
                measure,
                average(pairs, pair -> mean.applyAsDouble(pair.candidate())),
                average(pairs, pair -> mean.applyAsDouble(pair.promoted())),
                margin,
                evidence.confidenceGreater(),
                evidence.confidenceLess());
    }

    private static double average(List<Pair> pairs, ToDoubleFunction<Pair> value) {
        return pairs.stream().mapToDouble(value).average().orElse(0);
    }
}
