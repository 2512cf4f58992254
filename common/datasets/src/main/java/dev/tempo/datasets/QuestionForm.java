package dev.tempo.datasets;

import dev.tempo.datasets.kept.KeptRows;
import java.util.List;

/** Questions as kept rows: id, text, domain. */
public final class QuestionForm implements KeptRows.Form<Question> {

    @Override
    public List<String> fields(Question question) {
        return List.of(question.id(), question.text(), question.domain());
    }

    @Override
    public Question row(List<String> fields) {
        return new Question(fields.get(0), fields.get(1), fields.get(2));
    }
}
