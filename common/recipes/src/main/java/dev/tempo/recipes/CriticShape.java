package dev.tempo.recipes;

import dev.tempo.contract.recipe.CriticLabel;
import dev.tempo.contract.recipe.CriticTraining;
import dev.tempo.contract.recipe.ValueLossKind;
import dev.tempo.recipes.shape.Field;
import dev.tempo.recipes.shape.NumberRange;
import dev.tempo.recipes.shape.NumberShape;
import dev.tempo.recipes.shape.Section;
import dev.tempo.recipes.shape.SectionShape;
import dev.tempo.recipes.shape.WholeShape;
import dev.tempo.recipes.shape.WordShape;

/** The shape of section {@code critic} of a stage. */
final class CriticShape extends SectionShape<CriticTraining> {
    private final Field<CriticTraining, Double> learningRate = field(
                    "learningRate", new NumberShape(NumberRange.POSITIVE), CriticTraining::learningRate)
            .means("Step size of the optimizer (AdamW), the same in every round.");
    private final Field<CriticTraining, Double> beta1 = field(
                    "beta1", new NumberShape(NumberRange.DECAY), CriticTraining::beta1)
            .otherwise(0.9)
            .means("Of the optimizer (AdamW): the decay of the mean gradient.");
    private final Field<CriticTraining, Double> beta2 = field(
                    "beta2", new NumberShape(NumberRange.DECAY), CriticTraining::beta2)
            .otherwise(0.95)
            .means("Of the optimizer (AdamW): the decay of the mean squared gradient.");
    private final Field<CriticTraining, Double> weightDecay = field(
                    "weightDecay", new NumberShape(NumberRange.NOT_NEGATIVE), CriticTraining::weightDecay)
            .otherwise(0.0)
            .means("Of the optimizer (AdamW): how fast weights shrink by themselves.");
    private final Field<CriticTraining, Double> gradientClip = field(
                    "gradientClip", new NumberShape(NumberRange.POSITIVE), CriticTraining::gradientClip)
            .otherwise(1.0)
            .means("Bound on the norm of an update's whole gradient.");
    private final Field<CriticTraining, Integer> miniBatch = field(
                    "miniBatch", WholeShape.atLeast(1), CriticTraining::miniBatch)
            .in("responses")
            .means("How many are in the batch of one update.");
    private final Field<CriticTraining, Integer> epochs = field("epochs", WholeShape.atLeast(1), CriticTraining::epochs)
            .otherwise(1)
            .means("Passes over a round's labeled responses.");
    private final Field<CriticTraining, ValueLossKind> loss = field(
                    "loss", WordShape.of(ValueLossKind.class, CriticShape::meaning), CriticTraining::loss)
            .otherwise(ValueLossKind.SQUARED_ERROR)
            .means("What is made small.");
    private final Field<CriticTraining, Double> clip = field(
                    "clip", new NumberShape(NumberRange.POSITIVE), CriticTraining::clip)
            .otherwise(0.1)
            .means("Of loss `clipped`: how far a response's mean value may move.");
    private final Field<CriticTraining, CriticLabel> label = field(
                    "label", WordShape.of(CriticLabel.class, CriticShape::meaning), CriticTraining::label)
            .otherwise(CriticLabel.ZERO_ONE)
            .means("What the critic's values aim at.");

    CriticShape() {
        super("How the critic is fitted.");
    }

    private static String meaning(ValueLossKind loss) {
        return switch (loss) {
            case SQUARED_ERROR -> "the mean squared distance of values and label (Eq. 6)";
            case CLIPPED -> "half the larger of the plain and the clipped squared distance (released code)";
        };
    }

    private static String meaning(CriticLabel label) {
        return switch (label) {
            case ZERO_ONE -> "1 for correct, 0 for wrong (the paper)";
            case PLUS_MINUS_ONE -> "1 for correct, -1 for wrong (released code)";
        };
    }

    @Override
    protected CriticTraining build(Section s) {
        return new CriticTraining(
                s.get(learningRate),
                s.get(beta1),
                s.get(beta2),
                s.get(weightDecay),
                s.get(gradientClip),
                s.get(miniBatch),
                s.get(epochs),
                s.get(loss),
                s.get(clip),
                s.get(label));
    }
}
