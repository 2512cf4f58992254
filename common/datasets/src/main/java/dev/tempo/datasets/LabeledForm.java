package dev.tempo.datasets;

import dev.tempo.kept.Form;
import java.util.List;

/** Labeled questions as kept rows: id, text, domain, answer, split. */
final class LabeledForm implements Form<LabeledQuestion> {

    static UniqueRows<LabeledQuestion> unique() {
        return new UniqueRows<>(new LabeledForm(), labeled -> labeled.question().id());
    }

    @Override
    public List<String> fields(LabeledQuestion labeled) {
        Question question = labeled.question();
        return List.of(
                question.id(),
                question.text(),
                question.domain(),
                labeled.answer(),
                labeled.split().name());
    }

    @Override
    public LabeledQuestion value(List<String> fields) {
        return new LabeledQuestion(
                new Question(fields.get(0), fields.get(1), fields.get(2)), fields.get(3), Split.valueOf(fields.get(4)));
    }
}
