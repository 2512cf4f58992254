package dev.tempo.datasets;

import dev.tempo.datasets.file.Conversation;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The form of rows as verl writes them: {@code data_source}, {@code prompt} (a conversation), {@code ability},
 * {@code reward_model} (with the answer as {@code ground_truth}) and {@code extra_info}.
 */
final class VerlForm {
    private static final String SOURCE = "data_source";
    private static final String PROMPT = "prompt";
    private static final String REWARD = "reward_model";
    private static final String TRUTH = "ground_truth";
    private static final String QUESTION = "question";
    private static final String ANSWER = "answer";

    private VerlForm() {}

    /** Adds what stands for wanted columns in rows of this form. */
    static void addTo(Set<String> wanted) {
        if (wanted.contains(ANSWER)) {
            wanted.add(REWARD);
        }
        if (wanted.contains(QUESTION) || wanted.contains(PROMPT)) {
            wanted.add(SOURCE);
            wanted.add(PROMPT);
        }
    }

    /** Whether a column would bring answers, by its name in whatever case. */
    static boolean holdsAnswers(String column) {
        String name = column.toLowerCase(Locale.ROOT);
        return name.equals(ANSWER) || name.equals(REWARD);
    }

    /** The conversation that stands for a column of this name; null where none does. */
    static @Nullable JsonNode asked(JsonNode columns, Collection<String> names, String column) {
        boolean stands = column.equals(PROMPT) || column.equals(QUESTION) && !names.contains(QUESTION);
        return stands && columns.has(SOURCE) && Conversation.is(columns.path(PROMPT)) ? columns.path(PROMPT) : null;
    }

    /** The answer that stands for a column of this name; null where none does. */
    static @Nullable JsonNode answer(JsonNode columns, String column) {
        return column.equals(ANSWER) ? columns.path(REWARD).get(TRUTH) : null;
    }
}
