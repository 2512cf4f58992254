package dev.tempo.datasets;

import dev.tempo.contract.recipe.LabeledFile;
import dev.tempo.kept.KeptRows;
import org.jspecify.annotations.Nullable;

/** The reader of labeled questions (D_L). */
public final class LabeledQuestions {
    private LabeledQuestions() {}

    /**
     * All questions in the file's order.
     *
     * @throws DataFileException naming file, line and column
     */
    public static KeptRows<LabeledQuestion> read(LabeledFile file) {
        UniqueRows<LabeledQuestion> questions = LabeledForm.unique();
        DataRows.read(
                file.file(),
                DataRows.wanted(file.id(), file.question(), file.answer(), file.split(), file.domain()),
                row -> {
                    String id = row.id(file.id());
                    Question question = new Question(id, row.text(file.question()), row.domain(file.domain()));
                    questions.add(
                            row,
                            id,
                            new LabeledQuestion(question, row.text(file.answer()), splitOf(row, file.split())));
                });
        return questions.all();
    }

    private static Split splitOf(JsonRow row, @Nullable String column) {
        if (column == null) {
            return Split.BOTH;
        }
        String split = row.text(column);
        return switch (split) {
            case "train" -> Split.TRAIN;
            case "calibration" -> Split.CALIBRATION;
            default -> throw row.refused(column, "should be 'train' or 'calibration' but is '" + split + "'");
        };
    }
}
