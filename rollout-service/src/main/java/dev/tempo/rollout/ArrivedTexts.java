package dev.tempo.rollout;

import dev.tempo.contract.ArrivingQuestion;
import dev.tempo.contract.DrawnQuestions;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.datasets.Question;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The texts of questions that have arrived and were not deleted, by their ids as requests have them. Thread-safe. */
final class ArrivedTexts {
    private final Map<String, Question> questions = new ConcurrentHashMap<>();
    private final Set<String> deleted = ConcurrentHashMap.newKeySet();

    void on(ArrivingQuestion arriving) {
        String id = DrawnQuestions.arrived(arriving.id());
        String text = arriving.question();
        if (text == null) {
            questions.remove(id);
            deleted.add(id);
        } else {
            String domain = arriving.domain();
            questions.put(id, new Question(id, text, domain == null ? Recipe.DEFAULT_DOMAIN : domain));
            deleted.remove(id);
        }
    }

    Optional<Question> find(String id) {
        return Optional.ofNullable(questions.get(id));
    }

    /** Whether a question was deleted, as far as is known here. */
    boolean isDeleted(String id) {
        return deleted.contains(id);
    }
}
