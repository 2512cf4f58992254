package dev.tempo.recipes;

import dev.tempo.contract.recipe.ArrivalSettings;
import dev.tempo.recipes.shape.Field;
import dev.tempo.recipes.shape.NumberRange;
import dev.tempo.recipes.shape.NumberShape;
import dev.tempo.recipes.shape.Section;
import dev.tempo.recipes.shape.SectionShape;
import dev.tempo.recipes.shape.WholeShape;

/** The shape of section {@code data.unlabeled.arriving}. */
final class ArrivalShape extends SectionShape<ArrivalSettings> {
    private static final ArrivalSettings USUAL = ArrivalSettings.USUAL;

    private final Field<ArrivalSettings, Integer> fresh = field("fresh", WholeShape.atLeast(0), ArrivalSettings::fresh)
            .otherwise(USUAL.fresh())
            .in("questions")
            .means("How many that no round has drawn must be there before a round begins; 0 goes on without new ones.");
    private final Field<ArrivalSettings, Double> unseen = field(
                    "unseen", new NumberShape(NumberRange.NOT_NEGATIVE), ArrivalSettings::unseen)
            .otherwise(USUAL.unseen())
            .means("What is added to the weight, 1, of a question that no round has drawn.");
    private final Field<ArrivalSettings, Double> hard = field(
                    "hard", new NumberShape(NumberRange.NOT_NEGATIVE), ArrivalSettings::hard)
            .otherwise(USUAL.hard())
            .means("What is added to the weight of a question whose responses had no reward when it was last drawn,"
                    + " and in part where they had some.");
    private final Field<ArrivalSettings, Double> frequent = field(
                    "frequent", new NumberShape(NumberRange.NOT_NEGATIVE), ArrivalSettings::frequent)
            .otherwise(USUAL.frequent())
            .means("What is added to the weight of a question that has arrived ever so often: half of it for one that"
                    + " has arrived twice.");
    private final Field<ArrivalSettings, Integer> perRound = field(
                    "perRound", WholeShape.atLeast(1), ArrivalSettings::perRound)
            .otherwise(USUAL.perRound())
            .in("questions")
            .means("How many are taken in between two rounds at most; the next ones wait for the next round.");
    private final Field<ArrivalSettings, Integer> perSource = field(
                    "perSource", WholeShape.atLeast(1), ArrivalSettings::perSource)
            .optional("no limit")
            .in("questions")
            .means("How many of one source are taken in between two rounds at most; its further ones are left out.");
    private final Field<ArrivalSettings, Integer> most = field("most", WholeShape.atLeast(1), ArrivalSettings::most)
            .otherwise(USUAL.most())
            .in("questions")
            .means("How many different ones that arrived are kept at most, up to 100000; the oldest that was drawn"
                    + " goes for the next one, and where none was drawn the next ones wait.");

    ArrivalShape() {
        super("Which questions that arrive are drawn, and when a round begins. docs/learning-from-use.md says how"
                + " they arrive.");
    }

    @Override
    protected ArrivalSettings build(Section s) {
        return new ArrivalSettings(
                s.get(fresh),
                s.get(unseen),
                s.get(hard),
                s.get(frequent),
                s.get(perRound),
                s.find(perSource),
                s.get(most));
    }
}
