package dev.tempo.contract.recipe;

import dev.tempo.contract.Check;
import org.jspecify.annotations.Nullable;

/**
 * The settings of promotion: on what, and how surely, a version must be not worse than the promoted one before it takes its place.
 *
 * @param set labeled questions of promotion's own, that nothing trains on and no benchmark reports; it says how many samples a question has
 * @param every rounds between trials, counted within a stage
 * @param step questions that are asked before the next look at the evidence
 * @param passAt the k of the compared pass@k, at most the samples
 * @param confidence of each comparison, between 0.5 and 1
 * @param margin by which avg@k may be less
 * @param passMargin by which pass@k may be less
 * @param malformedMargin by which the share of responses without an answer may be more
 * @param lengthMargin by which responses may be longer, as a share of the longest that is allowed
 * @param shadow the share of served chats, of those that are taken to be learned from, whose questions the candidate and the promoted version
 *     are asked as well; null for none
 * @param goBackAfter after so many versions in a row that a trial has found worse, training goes back to the version that a trial promoted
 *     last; null to go on from the newest whatever trials say
 */
public record PromotionSettings(
        EvaluationSet set,
        int every,
        int step,
        int passAt,
        double confidence,
        double margin,
        double passMargin,
        double malformedMargin,
        double lengthMargin,
        @Nullable Double shadow,
        @Nullable Integer goBackAfter) {
    public PromotionSettings {
        Check.positive("every", every);
        Check.positive("step", step);
        if (set.samples() == null) {
            throw new IllegalArgumentException("samples: a promotion set says how many samples a question has");
        }
        if (passAt < 1 || passAt > set.samples()) {
            throw new IllegalArgumentException(
                    "passAt: pass@" + passAt + " needs 1 <= k <= samples, and samples is " + set.samples());
        }
        if (!(confidence > 0.5 && confidence < 1)) {
            throw new IllegalArgumentException(
                    "confidence must be greater than 0.5 and less than 1 but is " + confidence);
        }
        margin("margin", margin);
        margin("passMargin", passMargin);
        margin("malformedMargin", malformedMargin);
        margin("lengthMargin", lengthMargin);
        if (shadow != null && !(shadow > 0 && shadow <= 1)) {
            throw new IllegalArgumentException(
                    "shadow must be greater than 0 and at most 1, or null for none, but is " + shadow);
        }
        if (goBackAfter != null) {
            Check.positive("goBackAfter", goBackAfter);
        }
    }

    /** Settings by which training never goes back. */
    public PromotionSettings(
            EvaluationSet set,
            int every,
            int step,
            int passAt,
            double confidence,
            double margin,
            double passMargin,
            double malformedMargin,
            double lengthMargin,
            @Nullable Double shadow) {
        this(set, every, step, passAt, confidence, margin, passMargin, malformedMargin, lengthMargin, shadow, null);
    }

    /** Settings without shadow traffic, by which training never goes back. */
    public PromotionSettings(
            EvaluationSet set,
            int every,
            int step,
            int passAt,
            double confidence,
            double margin,
            double passMargin,
            double malformedMargin,
            double lengthMargin) {
        this(set, every, step, passAt, confidence, margin, passMargin, malformedMargin, lengthMargin, null);
    }

    /** The share of chats whose questions are asked as shadow traffic; 0 for none. */
    public double shadowShare() {
        return shadow == null ? 0 : shadow;
    }

    /** Samples per question. */
    public int samples() {
        Integer samples = set.samples();
        return samples == null ? 1 : samples;
    }

    /** The same settings with the set's file at another path. */
    public PromotionSettings at(String path) {
        return new PromotionSettings(
                set.at(path),
                every,
                step,
                passAt,
                confidence,
                margin,
                passMargin,
                malformedMargin,
                lengthMargin,
                shadow,
                goBackAfter);
    }

    /** The same settings by which training goes back after so many versions in a row that were found worse; null for never. */
    public PromotionSettings goingBackAfter(@Nullable Integer failures) {
        return new PromotionSettings(
                set,
                every,
                step,
                passAt,
                confidence,
                margin,
                passMargin,
                malformedMargin,
                lengthMargin,
                shadow,
                failures);
    }

    /** Without a margin no amount of evidence shows that two equal versions are equally good. */
    private static void margin(String field, double margin) {
        if (!(margin > 0 && margin < 1)) {
            throw new IllegalArgumentException(field + " must be greater than 0 and less than 1 but is " + margin);
        }
    }
}
