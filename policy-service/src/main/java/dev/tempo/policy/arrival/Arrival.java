package dev.tempo.policy.arrival;

import dev.tempo.contract.ArrivingQuestion;
import dev.tempo.contract.DrawnQuestions;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.datasets.Question;
import dev.tempo.datasets.comparison.KnownQuestions;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a record of arriving questions: no text.
 *
 * @param offset where it lies in the topic
 * @param id as requests have it
 * @param asked what it asks; null for a deletion
 * @param times how often the same question has come under this id
 */
public record Arrival(long offset, String id, @Nullable Asked asked, int times) {
    private static final int MOST_TIMES = 1_000_000;

    /**
     * What a question asks.
     *
     * @param hash by which questions are compared
     * @param content the hash of its text and domain to the character
     * @param length of the text, in characters
     */
    public record Asked(
            String hash,
            String content,
            int length,
            String domain,
            @Nullable String source) {}

    /** What is remembered of a record. */
    public static Arrival of(ArrivingQuestion question, long offset) {
        String id = DrawnQuestions.arrived(question.id());
        String text = question.question();
        String named = question.domain();
        String domain = named == null ? Recipe.DEFAULT_DOMAIN : named;
        Asked asked = text == null
                ? null
                : new Asked(
                        KnownQuestions.hash(text),
                        new Question(id, text, domain).contentHash(),
                        text.length(),
                        domain,
                        question.source());
        return new Arrival(offset, id, asked, 1);
    }

    /** The same, coming for the n-th time; how often beyond a million makes no difference. */
    Arrival comingFor(int time) {
        return new Arrival(offset, id, asked, Math.min(time, MOST_TIMES));
    }
}
