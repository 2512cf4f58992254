package dev.tempo.recipes;

import dev.tempo.contract.recipe.CriticLabel;
import dev.tempo.contract.recipe.CriticTraining;
import dev.tempo.contract.recipe.ValueLossKind;
import dev.tempo.recipes.shape.Field;
import dev.tempo.recipes.shape.NumberRange;
import dev.tempo.recipes.shape.NumberShape;
import dev.tempo.recipes.shape.Section;
import dev.tempo.recipes.shape.WholeShape;
import dev.tempo.recipes.shape.WordShape;

/** The shape of section {@code critic} of a stage. */
final class CriticShape extends TrainerShape<CriticTraining> {
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
        super("How the critic is fitted.", CriticTraining::optimizer);
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
                optimizer(s), s.get(miniBatch), s.get(epochs), s.get(loss), s.get(clip), s.get(label));
    }
}
