package dev.tempo.datasets;

import dev.tempo.kept.Form;
import java.util.List;

/** Questions as kept rows: id, text, domain. */
public final class QuestionForm implements Form<Question> {

    @Override
    public List<String> fields(Question question) {
        return List.of(question.id(), question.text(), question.domain());
    }

    @Override
    public Question value(List<String> fields) {
        return new Question(fields.get(0), fields.get(1), fields.get(2));
    }
}
