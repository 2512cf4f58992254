package dev.tempo.recipes;

import dev.tempo.contract.recipe.QuestionSource;
import dev.tempo.contract.recipe.RecalibrationSettings;
import dev.tempo.contract.recipe.RepeatSettings;
import dev.tempo.contract.recipe.ValuesFrom;
import dev.tempo.recipes.shape.Field;
import dev.tempo.recipes.shape.Section;
import dev.tempo.recipes.shape.SectionShape;
import dev.tempo.recipes.shape.WholeShape;
import dev.tempo.recipes.shape.WordShape;

/** The shape of section {@code recalibration} of a stage. */
final class RecalibrationShape extends SectionShape<RecalibrationSettings> {
    /** No recalibration at any time: the critic is frozen. */
    static final RecalibrationSettings NEVER =
            new RecalibrationSettings(0, QuestionSource.LABELED, 1, 1, ValuesFrom.RECALIBRATED);

    private final Field<RecalibrationSettings, Integer> every = field(
                    "every", WholeShape.atLeast(0), RecalibrationSettings::every)
            .otherwise(1)
            .in("rounds")
            .means("From one E-step to the next; 0 for no E-step at all.");
    private final Field<RecalibrationSettings, QuestionSource> questionsFrom = field(
                    "questionsFrom", QuestionSources.LABELED, RecalibrationSettings::questionsFrom)
            .otherwise(QuestionSource.LABELED)
            .means("Which labeled questions are drawn.");
    private final Field<RecalibrationSettings, Integer> questions = field(
                    "questions", WholeShape.atLeast(1), RecalibrationSettings::questions)
            .in("questions")
            .means("How many are drawn per E-step.");
    private final Field<RecalibrationSettings, Integer> samples = field(
                    "samples", WholeShape.atLeast(1), RecalibrationSettings::samples)
            .in("responses")
            .means("How many are sampled per question, at most 10,000.");
    private final Field<RecalibrationSettings, ValuesFrom> valuesFrom = field(
                    "valuesFrom",
                    WordShape.of(ValuesFrom.class, RecalibrationShape::meaning),
                    RecalibrationSettings::valuesFrom)
            .otherwise(ValuesFrom.RECALIBRATED)
            .means("Which critic values the round's responses.");

    private final Field<RecalibrationSettings, RepeatSettings> repeat = field(
                    "repeat", new RepeatShape(), RecalibrationSettings::repeat)
            .optional("one E-step")
            .means("Whether a round's E-step is repeated, on other labeled questions, while the critic is off.");

    RecalibrationShape() {
        super("The E-step: the critic is fitted to judged responses to labeled questions.");
    }

    private static String meaning(ValuesFrom values) {
        return switch (values) {
            case RECALIBRATED -> "the one after the round's E-step, as in the paper";
            case PREVIOUS -> "the one before it, as in the released code";
        };
    }

    @Override
    protected RecalibrationSettings build(Section s) {
        return new RecalibrationSettings(
                s.get(every),
                s.get(questionsFrom),
                s.get(questions),
                s.get(samples),
                s.get(valuesFrom),
                s.find(repeat));
    }
}
