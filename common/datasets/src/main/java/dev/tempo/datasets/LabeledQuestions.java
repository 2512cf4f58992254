package dev.tempo.datasets;

import dev.tempo.contract.recipe.LabeledFile;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The reader of labeled questions (D_L). */
public final class LabeledQuestions {
    private LabeledQuestions() {}

    /**
     * All questions in the file's order.
     *
     * @throws DataFileException naming file, line and column
     */
    public static List<LabeledQuestion> read(LabeledFile file) {
        List<LabeledQuestion> questions = new ArrayList<>();
        UniqueIds ids = new UniqueIds();
        DataRows.read(
                file.file(),
                DataRows.wanted(file.id(), file.question(), file.answer(), file.split(), file.domain()),
                row -> {
                    Question question = new Question(
                            ids.claim(row, row.id(file.id())), row.text(file.question()), row.domain(file.domain()));
                    questions.add(new LabeledQuestion(question, row.text(file.answer()), splitOf(row, file.split())));
                });
        return List.copyOf(questions);
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
