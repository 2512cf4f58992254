package dev.tempo.datasets;

import dev.tempo.contract.recipe.EvaluationSet;
import dev.tempo.kept.KeptRows;

/** The reader of benchmark sets. */
public final class BenchmarkQuestions {
    private BenchmarkQuestions() {}

    /**
     * All questions in the file's order, with ids {@code set/id}: two sets may use the same ids.
     *
     * @throws DataFileException naming file, line and column
     */
    public static KeptRows<LabeledQuestion> read(String setName, EvaluationSet set) {
        UniqueRows<LabeledQuestion> questions = LabeledForm.unique();
        DataRows.read(set.file(), DataRows.wanted(set.id(), set.question(), set.answer(), set.domain()), row -> {
            String id = row.id(set.id());
            Question question = new Question(setName + "/" + id, row.text(set.question()), row.domain(set.domain()));
            questions.add(row, id, new LabeledQuestion(question, row.text(set.answer()), Split.BOTH));
        });
        return questions.all();
    }
}
