package dev.tempo.datasets;

import dev.tempo.contract.recipe.UnlabeledFile;
import dev.tempo.kept.KeptRows;

/** The reader of unlabeled questions (D_u). */
public final class UnlabeledQuestions {
    private UnlabeledQuestions() {}

    /**
     * All questions in the file's order.
     *
     * @throws DataFileException naming file, line and column; also when a row has a column {@code answer}, or verl's {@code reward_model}, because no
     *     label of D_u may reach a service that trains
     */
    public static KeptRows<Question> read(UnlabeledFile file) {
        UniqueRows<Question> questions = new UniqueRows<>(new QuestionForm(), Question::id);
        DataRows.read(file.file(), DataRows.wanted(file.id(), file.question(), file.domain()), row -> {
            for (String column : row.row().names()) {
                if (VerlForm.holdsAnswers(column)) {
                    throw row.refused(
                            column,
                            "is not allowed in a file of unlabeled questions; remove it (./tempo questions --unlabeled --out"
                                    + " NEW " + file.file() + " does),"
                                    + " and give benchmark answers to evaluation.sets in a file of their own");
                }
            }
            String id = row.id(file.id());
            questions.add(row, id, new Question(id, row.text(file.question()), row.domain(file.domain())));
        });
        return questions.all();
    }
}
