package dev.tempo.standalone.check;

import dev.tempo.datasets.Question;
import dev.tempo.datasets.comparison.QuestionKey;
import java.util.List;
import java.util.stream.IntStream;

/** A question with its {@linkplain QuestionKey key}. */
record Keyed(String key, Question question) {
    private static final int PORTION = 4_096;

    private static Keyed of(Question question) {
        return new Keyed(QuestionKey.of(question.text()), question);
    }

    /** Questions with their keys, in their order. Keys take longest of all that is done with a question, so all cores find them. */
    static Iterable<Keyed> all(List<Question> questions) {
        return () -> IntStream.iterate(0, from -> from < questions.size(), from -> from + PORTION)
                .mapToObj(from -> questions.subList(from, Math.min(questions.size(), from + PORTION)))
                .flatMap(portion -> portion.parallelStream().map(Keyed::of).toList().stream())
                .iterator();
    }
}
