package dev.tempo.rollout;

import dev.tempo.contract.ArrivingQuestion;
import dev.tempo.contract.DrawnQuestions;
import dev.tempo.contract.RolloutRequest;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.datasets.Question;
import dev.tempo.datasets.arrival.KeptArrivals;
import dev.tempo.runs.ShadowQuestion;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The texts of questions that have arrived and are kept, by their ids as requests have them. Thread-safe. */
final class ArrivedTexts {
    /** Deletions that are remembered: a request that waits for a worker may be of a question that was deleted since. */
    static final int MOST_DELETED = 10_000;

    private final KeptArrivals<Question> questions = new KeptArrivals<>();
    private final Set<String> deleted = Collections.newSetFromMap(new LinkedHashMap<String, Boolean>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST_DELETED;
        }
    });

    synchronized void on(ArrivingQuestion arriving) {
        String id = DrawnQuestions.arrived(arriving.id());
        String text = arriving.question();
        deleted.remove(id);
        if (text == null) {
            questions.remove(id);
            deleted.add(id);
        } else {
            String domain = arriving.domain();
            questions.put(id, text.length(), new Question(id, text, domain == null ? Recipe.DEFAULT_DOMAIN : domain));
        }
    }

    synchronized Optional<Question> find(String id) {
        return questions.find(id);
    }

    /** Whether what a request asks is known to be deleted or replaced since; false where nothing is known of it. */
    synchronized boolean isGone(RolloutRequest request) {
        String asked = request.id().question();
        String id = ShadowQuestion.of(asked)
                .map(shadow -> DrawnQuestions.arrived(shadow.arrived()))
                .orElse(asked);
        return deleted.contains(id)
                || find(id).filter(present -> !present.text().equals(request.questionText())
                                || !present.domain().equals(request.domain()))
                        .isPresent();
    }
}
