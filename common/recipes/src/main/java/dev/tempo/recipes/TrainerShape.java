package dev.tempo.recipes;

import dev.tempo.contract.recipe.Optimizer;
import dev.tempo.recipes.shape.Field;
import dev.tempo.recipes.shape.NumberRange;
import dev.tempo.recipes.shape.NumberShape;
import dev.tempo.recipes.shape.Section;
import dev.tempo.recipes.shape.SectionShape;
import java.util.function.Function;

/**
 * A section about a trainer, which begins with the fields of its optimizer.
 *
 * @param <R> the record that the section becomes
 */
abstract class TrainerShape<R> extends SectionShape<R> {
    private final Field<R, Double> learningRate;
    private final Field<R, Double> beta1;
    private final Field<R, Double> beta2;
    private final Field<R, Double> weightDecay;
    private final Field<R, Double> gradientClip;

    TrainerShape(String meaning, Function<R, Optimizer> optimizer) {
        super(meaning);
        learningRate = field(
                        "learningRate",
                        new NumberShape(NumberRange.POSITIVE),
                        of -> optimizer.apply(of).learningRate())
                .means("Step size of the optimizer (AdamW), the same in every round.");
        beta1 = field(
                        "beta1",
                        new NumberShape(NumberRange.DECAY),
                        of -> optimizer.apply(of).beta1())
                .otherwise(0.9)
                .means("Of the optimizer (AdamW): the decay of the mean gradient.");
        beta2 = field(
                        "beta2",
                        new NumberShape(NumberRange.DECAY),
                        of -> optimizer.apply(of).beta2())
                .otherwise(0.95)
                .means("Of the optimizer (AdamW): the decay of the mean squared gradient.");
        weightDecay = field(
                        "weightDecay",
                        new NumberShape(NumberRange.NOT_NEGATIVE),
                        of -> optimizer.apply(of).weightDecay())
                .otherwise(0.0)
                .means("Of the optimizer (AdamW): how fast weights shrink by themselves.");
        gradientClip = field(
                        "gradientClip",
                        new NumberShape(NumberRange.POSITIVE),
                        of -> optimizer.apply(of).gradientClip())
                .otherwise(1.0)
                .means("Bound on the norm of an update's whole gradient.");
    }

    final Optimizer optimizer(Section s) {
        return new Optimizer(s.get(learningRate), s.get(beta1), s.get(beta2), s.get(weightDecay), s.get(gradientClip));
    }
}
