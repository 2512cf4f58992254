package dev.tempo.datasets;

import dev.tempo.contract.recipe.EvaluationSet;
import java.util.ArrayList;
import java.util.List;

/** The reader of benchmark sets. */
public final class BenchmarkQuestions {
    private BenchmarkQuestions() {}

    /**
     * All questions in the file's order, with ids {@code set/id}: two sets may use the same ids.
     *
     * @throws DataFileException naming file, line and column
     */
    public static List<LabeledQuestion> read(String setName, EvaluationSet set) {
        List<LabeledQuestion> questions = new ArrayList<>();
        UniqueIds ids = new UniqueIds();
        DataRows.read(set.file(), DataRows.wanted(set.id(), set.question(), set.answer(), set.domain()), row -> {
            String id = setName + "/" + ids.claim(row, row.id(set.id()));
            Question question = new Question(id, row.text(set.question()), row.domain(set.domain()));
            questions.add(new LabeledQuestion(question, row.text(set.answer()), Split.BOTH));
        });
        return List.copyOf(questions);
    }
}
