package dev.tempo.recipes;

import dev.tempo.contract.recipe.RepeatSettings;
import dev.tempo.recipes.shape.Field;
import dev.tempo.recipes.shape.NumberRange;
import dev.tempo.recipes.shape.NumberShape;
import dev.tempo.recipes.shape.Section;
import dev.tempo.recipes.shape.SectionShape;
import dev.tempo.recipes.shape.WholeShape;

/** The shape of section {@code repeat} of a recalibration. */
final class RepeatShape extends SectionShape<RepeatSettings> {
    private final Field<RepeatSettings, Double> untilBrier = field(
                    "untilBrier", new NumberShape(NumberRange.SHARE), RepeatSettings::untilBrier)
            .means(
                    "The Brier score of the critic's last values on freshly judged responses, before it is fitted to them, from"
                            + " which on it is good enough.");
    private final Field<RepeatSettings, Integer> atMost = field("atMost", WholeShape.atLeast(1), RepeatSettings::atMost)
            .in("E-steps")
            .means("How many a round has at most.");

    private final Field<RepeatSettings, Double> holdAbove = field(
                    "holdAbove", new NumberShape(NumberRange.SHARE), RepeatSettings::holdAbove)
            .optional("never")
            .means(
                    "The same score, of the round's last E-step, above which the M-step is held: no response is rewarded, and the"
                            + " policy stays as it is. At least `untilBrier`.");

    RepeatShape() {
        super("What is done in a round while the critic is off: more than one E-step, and no M-step.");
    }

    @Override
    protected RepeatSettings build(Section s) {
        return new RepeatSettings(s.get(untilBrier), s.get(atMost), s.find(holdAbove));
    }
}
