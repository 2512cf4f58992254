package dev.tempo.recipes;

import dev.tempo.contract.recipe.QuestionSource;
import dev.tempo.recipes.shape.WordShape;
import java.util.List;

/** The words for the questions that a round draws from. */
final class QuestionSources {
    /** All sources. */
    static final WordShape<QuestionSource> ALL = WordShape.of(QuestionSource.class, QuestionSources::meaning);

    /** The sources that an E-step may draw from. */
    static final WordShape<QuestionSource> LABELED = new WordShape<>(
            List.of(QuestionSource.LABELED, QuestionSource.LABELED_TRAIN, QuestionSource.LABELED_CALIBRATION),
            QuestionSources::meaning);

    private QuestionSources() {}

    private static String meaning(QuestionSource source) {
        return switch (source) {
            case LABELED -> "all labeled questions";
            case LABELED_TRAIN -> "those of split `train`";
            case LABELED_CALIBRATION -> "those of split `calibration`";
            case UNLABELED -> "the unlabeled questions";
        };
    }
}
