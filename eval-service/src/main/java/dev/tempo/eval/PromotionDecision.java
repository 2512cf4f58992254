package dev.tempo.eval;

import dev.tempo.algorithm.PairedBets;
import dev.tempo.contract.Promotion.Comparison;
import dev.tempo.contract.Promotion.ShadowComparison;
import dev.tempo.contract.PromotionOutcome;
import dev.tempo.contract.recipe.PromotionSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What the answers of two versions to the same questions say. A version is promoted if of every measure it is as sure as the recipe asks that
 * it is not worse by more than the margin; all of them must be, so that none needs to be surer for being one of several (Berger, Multiparameter
 * hypothesis testing and acceptance sampling, Technometrics 24, 1982). It is worse if one of them is: there any of the measures may err, so
 * each gets its part of the error that the recipe allows (Bonferroni). What no judge decided counts against the version in the first
 * comparison and for it in the second, so that neither is surer for it.
 *
 * @param outcome null where more questions may decide
 * @param undecided responses that no judge decided
 * @param shadowed what shadow traffic came to, for information
 */
record PromotionDecision(
        @Nullable PromotionOutcome outcome,
        List<Comparison> comparisons,
        int undecided,
        String reason,
        List<ShadowComparison> shadowed) {

    /** A decision beside which there is no shadow traffic. */
    PromotionDecision(@Nullable PromotionOutcome outcome, List<Comparison> comparisons, int undecided, String reason) {
        this(outcome, comparisons, undecided, reason, List.of());
    }

    /** This decision beside what shadow traffic came to, which has no part in it. */
    PromotionDecision beside(List<ShadowComparison> comparison) {
        return new PromotionDecision(outcome, comparisons, undecided, reason, comparison);
    }

    /** One version's and the promoted one's answers to a question. */
    record Pair(QuestionBounds candidate, QuestionBounds promoted) {}

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
        int undecided = pairs.stream()
                .mapToInt(pair -> pair.candidate().undecided() + pair.promoted().undecided())
                .sum();
        double surelyWorse = 1 - (1 - settings.confidence()) / comparisons.size();
        List<String> worse = new ArrayList<>();
        List<String> open = new ArrayList<>();
        for (Comparison comparison : comparisons) {
            if (comparison.worse() >= surelyWorse) {
                worse.add(comparison.measure());
            } else if (comparison.notWorse() < settings.confidence()) {
                open.add(comparison.measure());
            }
        }
        if (!worse.isEmpty()) {
            return new PromotionDecision(
                    PromotionOutcome.WORSE,
                    comparisons,
                    undecided,
                    "worse by more than the margin in " + String.join(", ", worse));
        }
        if (open.isEmpty()) {
            return new PromotionDecision(
                    PromotionOutcome.PROMOTED,
                    comparisons,
                    undecided,
                    "not worse by more than the margin in any measure");
        }
        return new PromotionDecision(
                isAll ? PromotionOutcome.UNDECIDED : null,
                comparisons,
                undecided,
                "the questions are not enough to tell of " + String.join(", ", open)
                        + (undecided == 0 ? "" : "; no judge decided " + undecided + " of the responses"));
    }

    private static Comparison comparison(
            String measure, List<Pair> pairs, ToDoubleFunction<QuestionMeans> mean, double margin, int better) {
        double[] atLeast = new double[pairs.size()];
        double[] atMost = new double[pairs.size()];
        double candidate = 0;
        double promoted = 0;
        for (int i = 0; i < pairs.size(); i++) {
            QuestionBounds own = pairs.get(i).candidate();
            QuestionBounds other = pairs.get(i).promoted();
            atLeast[i] = better * (mean.applyAsDouble(own.least()) - mean.applyAsDouble(other.most()));
            atMost[i] = better * (mean.applyAsDouble(own.most()) - mean.applyAsDouble(other.least()));
            candidate += mean.applyAsDouble(own.least());
            promoted += mean.applyAsDouble(other.least());
        }
        int questions = Math.max(1, pairs.size());
        return new Comparison(
                measure,
                candidate / questions,
                promoted / questions,
                margin,
                PairedBets.of(atLeast, -margin).confidenceGreater(),
                PairedBets.of(atMost, -margin).confidenceLess());
    }
}
