package dev.tempo.recipes;

import dev.tempo.contract.recipe.Arithmetic;
import dev.tempo.contract.recipe.LowRank;
import dev.tempo.contract.recipe.Training;
import dev.tempo.recipes.shape.Field;
import dev.tempo.recipes.shape.Section;
import dev.tempo.recipes.shape.SectionShape;
import dev.tempo.recipes.shape.WholeShape;
import dev.tempo.recipes.shape.WordShape;

/** The shape of section {@code training}. */
final class TrainingShape extends SectionShape<Training> {
    private final Field<Training, LowRank> lora = field("lora", new LowRankShape(), Training::lora)
            .optional("all weights are trained")
            .means("A low-rank adapter of policy and critic each, which is trained in place of the weights.");
    private final Field<Training, Integer> microBatchTokens = field(
                    "microBatchTokens", WholeShape.upToLargest(), Training::microBatchTokens)
            .otherwise(0)
            .in("tokens")
            .means(
                    "What a training step computes at once, padding included; a larger mini-batch is computed in parts whose"
                            + " gradients add up to its own. 0 takes every mini-batch at once.");
    private final Field<Training, Arithmetic> arithmetic = field(
                    "arithmetic", WordShape.of(Arithmetic.class, TrainingShape::meaning), Training::arithmetic)
            .otherwise(Arithmetic.FLOAT32)
            .means("The type that a training step multiplies matrices in.");

    TrainingShape() {
        super("Which weights of policy and critic are trained, and how much is computed at once.");
    }

    private static String meaning(Arithmetic arithmetic) {
        return switch (arithmetic) {
            case FLOAT32 -> "32 bits throughout";
            case BFLOAT16 -> "16 bits for products; what is trained, its gradients and losses stay float32";
        };
    }

    @Override
    protected Training build(Section s) {
        return new Training(s.find(lora), s.get(microBatchTokens), s.get(arithmetic));
    }
}
