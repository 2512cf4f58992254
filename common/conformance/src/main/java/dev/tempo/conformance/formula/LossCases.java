package dev.tempo.conformance.formula;

import dev.tempo.algorithm.CriticLoss;
import dev.tempo.algorithm.DualClip;
import dev.tempo.algorithm.LossAggregation;
import dev.tempo.algorithm.PolicyClip;
import dev.tempo.algorithm.PolicyLoss;
import dev.tempo.algorithm.SequenceClip;
import dev.tempo.algorithm.TokenClip;
import dev.tempo.contract.recipe.Aggregation;
import java.util.Locale;

/** The fixture cases of the losses of policy and critic, with their gradients. */
final class LossCases {
    /** The reference code's name of an aggregation that divides a sum by a constant length. No recipe names it. */
    static final String CONSTANT_LENGTH = "seq-mean-token-sum-norm";

    private LossCases() {}

    /** The name of an aggregation in recipes and reference code. */
    static String name(Aggregation aggregation) {
        return aggregation.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The aggregation with a name in recipes and reference code.
     *
     * @throws IllegalArgumentException for an unknown name
     */
    static Aggregation named(String name) {
        for (Aggregation aggregation : Aggregation.values()) {
            if (name(aggregation).equals(name)) {
                return aggregation;
            }
        }
        throw new IllegalArgumentException(
                "the aggregation must be token-mean, seq-mean-token-mean or seq-mean-token-sum, but was " + name);
    }

    static void aggregation(FixtureCase one) {
        String mode = one.text("mode");
        double[][] losses = one.matrix("loss");
        boolean[][] mask = one.mask();
        one.expect("verl_2026", () -> {
            if (!mode.equals(CONSTANT_LENGTH)) {
                return LossAggregation.aggregate(losses, mask, named(mode));
            }
            return one.has("norm_constant")
                    ? LossAggregation.sumOver(losses, mask, one.number("norm_constant"))
                    : LossAggregation.sumOverLongest(losses, mask);
        });
        one.ignore("tempo_release");
    }

    static void tokenClip(FixtureCase one) {
        double low = one.number("clip_low");
        double high = one.number("clip_high");
        Aggregation aggregation = aggregation(one, Aggregation.TOKEN_MEAN);
        PolicyClip clip = one.has("dual_clip_c")
                ? new DualClip(low, high, one.number("dual_clip_c"), aggregation)
                : new TokenClip(low, high, aggregation);
        expectPolicyLoss(one, clip);
    }

    static void sequenceClip(FixtureCase one) {
        one.expect(
                "sequence_ratio",
                () -> SequenceClip.ratios(one.matrix("old_logp"), one.matrix("new_logp"), one.mask()));
        Aggregation aggregation = aggregation(one, Aggregation.SEQ_MEAN_TOKEN_MEAN);
        expectPolicyLoss(one, new SequenceClip(one.number("clip_low"), one.number("clip_high"), aggregation));
    }

    static void valueLoss(FixtureCase one) {
        CriticLoss loss = CriticLoss.tokenClipped(
                one.matrix("new_values"),
                one.matrix("old_values"),
                one.matrix("returns"),
                one.mask(),
                one.number("clip"),
                aggregation(one, Aggregation.TOKEN_MEAN));
        expectCriticLoss(one, loss);
    }

    static void meanShiftValueLoss(FixtureCase one) {
        CriticLoss loss = CriticLoss.meanShiftClipped(
                one.matrix("new_values"),
                one.matrix("old_values"),
                one.matrix("returns"),
                one.mask(),
                one.flags("is_labelled"),
                one.number("clip"),
                aggregation(one, Aggregation.SEQ_MEAN_TOKEN_MEAN));
        expectCriticLoss(one, loss);
    }

    private static void expectPolicyLoss(FixtureCase one, PolicyClip clip) {
        PolicyLoss loss =
                clip.loss(one.matrix("old_logp"), one.matrix("new_logp"), one.matrix("advantages"), one.mask());
        one.expect("loss", loss::loss);
        one.expect("clip_fraction", loss::clipFraction);
        one.expect("lower_clip_fraction", loss::lowerClipFraction);
        one.expect("approx_kl", loss::approxKl);
        one.expect("per_token_loss", loss::perToken);
        one.expect("grad_wrt_new_logp", loss::gradient);
    }

    private static void expectCriticLoss(FixtureCase one, CriticLoss loss) {
        one.expect("loss", loss::loss);
        one.expect("clip_fraction", loss::clipFraction);
        one.expect("grad_wrt_new_values", loss::gradient);
    }

    private static Aggregation aggregation(FixtureCase one, Aggregation absent) {
        return one.has("aggregation") ? named(one.text("aggregation")) : absent;
    }
}
