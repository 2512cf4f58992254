package dev.tempo.policy.arrival;

import dev.tempo.contract.ArrivingQuestion;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.datasets.comparison.KnownQuestions;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a record of arriving questions: no text.
 *
 * @param offset where it lies in the topic
 * @param hash by which questions are compared; null for a deletion
 * @param times how often the same question has come under this id
 */
public record Arrival(
        long offset,
        String id,
        @Nullable String hash,
        String domain,
        @Nullable String source,
        int times) {

    /** What is remembered of a record. */
    public static Arrival of(ArrivingQuestion question, long offset) {
        String text = question.question();
        String domain = question.domain();
        return new Arrival(
                offset,
                question.id(),
                text == null ? null : KnownQuestions.hash(text),
                domain == null ? Recipe.DEFAULT_DOMAIN : domain,
                question.source(),
                1);
    }

    boolean isDeletion() {
        return hash == null;
    }

    Arrival comingFor(int time) {
        return new Arrival(offset, id, hash, domain, source, time);
    }
}
