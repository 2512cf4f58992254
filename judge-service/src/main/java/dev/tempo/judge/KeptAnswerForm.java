package dev.tempo.judge;

import dev.tempo.contract.Answer;
import dev.tempo.contract.Purpose;
import dev.tempo.kept.Form;
import java.util.List;

/** Answers on disk. */
final class KeptAnswerForm implements Form<Answer> {
    @Override
    public List<String> fields(Answer answer) {
        return List.of(
                answer.run(),
                answer.purpose().name(),
                answer.question(),
                answer.text(),
                answer.answer(),
                answer.domain());
    }

    @Override
    public Answer value(List<String> fields) {
        return new Answer(
                fields.get(0),
                Purpose.valueOf(fields.get(1)),
                fields.get(2),
                fields.get(3),
                fields.get(4),
                fields.get(5));
    }
}
