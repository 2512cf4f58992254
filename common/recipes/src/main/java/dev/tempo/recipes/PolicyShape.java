package dev.tempo.recipes;

import dev.tempo.contract.recipe.Aggregation;
import dev.tempo.contract.recipe.PolicyLossKind;
import dev.tempo.contract.recipe.PolicyTraining;
import dev.tempo.recipes.shape.Field;
import dev.tempo.recipes.shape.FlagShape;
import dev.tempo.recipes.shape.ListShape;
import dev.tempo.recipes.shape.NumberRange;
import dev.tempo.recipes.shape.NumberShape;
import dev.tempo.recipes.shape.Section;
import dev.tempo.recipes.shape.WholeShape;
import dev.tempo.recipes.shape.WordShape;
import java.util.List;

/** The shape of section {@code policy} of a stage. */
final class PolicyShape extends TrainerShape<PolicyTraining> {
    private final Field<PolicyTraining, Integer> miniBatch = field(
                    "miniBatch", WholeShape.atLeast(1), PolicyTraining::miniBatch)
            .in("responses")
            .means("How many are in the batch of one update.");
    private final Field<PolicyTraining, Integer> epochs = field("epochs", WholeShape.atLeast(1), PolicyTraining::epochs)
            .otherwise(1)
            .means("Passes over a round's responses.");
    private final Field<PolicyTraining, PolicyLossKind> loss = field(
                    "loss", WordShape.of(PolicyLossKind.class, PolicyShape::meaning), PolicyTraining::loss)
            .otherwise(PolicyLossKind.SEQUENCE_CLIP)
            .means("Whose ratio of new to old probability is clipped.");
    private final Field<PolicyTraining, Aggregation> aggregation = field(
                    "aggregation", WordShape.of(Aggregation.class, PolicyShape::meaning), PolicyTraining::aggregation)
            .otherwise(Aggregation.TOKEN_MEAN)
            .means("How the losses of tokens become one.");
    private final Field<PolicyTraining, List<Double>> clip = field(
                    "clip",
                    new ListShape<>(new NumberShape(NumberRange.POSITIVE), 2, 2),
                    policy -> List.of(policy.clipLow(), policy.clipHigh()))
            .means("Ratios below 1 minus the first and above 1 plus the second are clipped.");
    private final Field<PolicyTraining, Double> rehearsal = field(
                    "rehearsal", new NumberShape(NumberRange.NOT_NEGATIVE), PolicyTraining::rehearsal)
            .otherwise(0.0)
            .means("Weight of the rehearsal (PTX) loss over `data.rehearsal`; 0 for none.");
    private final Field<PolicyTraining, Integer> rehearsalBatch = field(
                    "rehearsalBatch", WholeShape.atLeast(1), PolicyTraining::rehearsalBatch)
            .otherwise(32)
            .in("traces")
            .means("How many are rehearsed per update.");
    private final Field<PolicyTraining, Boolean> labeledRows = field(
                    "labeledRows", new FlagShape(), PolicyTraining::labeledRows)
            .otherwise(false)
            .means(
                    "Whether the E-step's judged responses train the policy too, with the verdict as reward (released code).");
    private final Field<PolicyTraining, Boolean> groupFilter = field(
                    "groupFilter", new FlagShape(), PolicyTraining::groupFilter)
            .otherwise(false)
            .means("Whether labeled questions are left out whose samples all got the same reward.");

    PolicyShape() {
        super("How the policy is trained: the M-step.", PolicyTraining::optimizer);
    }

    private static String meaning(PolicyLossKind loss) {
        return switch (loss) {
            case SEQUENCE_CLIP -> "the whole response's (GSPO-token)";
            case TOKEN_CLIP -> "each token's (PPO)";
        };
    }

    private static String meaning(Aggregation aggregation) {
        return switch (aggregation) {
            case TOKEN_MEAN -> "mean over all tokens of the mini-batch";
            case SEQ_MEAN_TOKEN_MEAN -> "mean over responses of the mean over their tokens";
            case SEQ_MEAN_TOKEN_SUM -> "mean over responses of the sum over their tokens (Eq. 12)";
        };
    }

    @Override
    protected PolicyTraining build(Section s) {
        return new PolicyTraining(
                optimizer(s),
                s.get(miniBatch),
                s.get(epochs),
                s.get(loss),
                s.get(aggregation),
                s.get(clip).get(0),
                s.get(clip).get(1),
                s.get(rehearsal),
                s.get(rehearsalBatch),
                s.get(labeledRows),
                s.get(groupFilter));
    }
}
