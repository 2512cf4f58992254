package dev.tempo.recipes;

import dev.tempo.contract.recipe.LowRank;
import dev.tempo.recipes.shape.Field;
import dev.tempo.recipes.shape.ListShape;
import dev.tempo.recipes.shape.NumberRange;
import dev.tempo.recipes.shape.NumberShape;
import dev.tempo.recipes.shape.Section;
import dev.tempo.recipes.shape.SectionShape;
import dev.tempo.recipes.shape.TextShape;
import dev.tempo.recipes.shape.WholeShape;
import java.util.List;

/** The shape of section {@code training.lora}. */
final class LowRankShape extends SectionShape<LowRank> {
    private final Field<LowRank, Integer> rank =
            field("rank", WholeShape.atLeast(1), LowRank::rank).means("Inner size of the adapter's two matrices.");
    private final Field<LowRank, Double> alpha = field("alpha", new NumberShape(NumberRange.POSITIVE), LowRank::alpha)
            .optional("twice the rank")
            .means("The adapter's product is added to the weights times `alpha` / `rank`.");
    private final Field<LowRank, List<String>> targets = field(
                    "targets", new ListShape<>(TextShape.WORD, 1, null), LowRank::targets)
            .optional("all seven")
            .means("The projections that get an adapter, of " + String.join(", ", LowRank.PROJECTIONS) + ".");

    LowRankShape() {
        super("Low-rank adaptation (LoRA).");
    }

    @Override
    protected LowRank build(Section s) {
        Double chosen = s.find(alpha);
        List<String> named = s.find(targets);
        return new LowRank(
                s.get(rank), chosen == null ? 2.0 * s.get(rank) : chosen, named == null ? LowRank.PROJECTIONS : named);
    }
}
