package dev.tempo.plugin;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a filter has decided about a question: one of both is null.
 *
 * @param question what may be stored
 * @param reason why nothing may be stored, one of the filter's {@link QuestionFilter#reasons()}
 */
public record FilteredQuestion(
        @Nullable String question, @Nullable String reason) {
    public FilteredQuestion {
        if ((question == null) == (reason == null)) {
            throw new IllegalArgumentException("a filtered question has either a text or a reason");
        }
    }

    /** A question that may be stored, as it was or with something taken out. */
    public static FilteredQuestion kept(String question) {
        return new FilteredQuestion(Objects.requireNonNull(question, "question"), null);
    }

    /** A question that may not be stored. */
    public static FilteredQuestion refused(String reason) {
        return new FilteredQuestion(null, Objects.requireNonNull(reason, "reason"));
    }

    /** Whether nothing may be stored. */
    public boolean isRefused() {
        return question == null;
    }

    /** The text is not told. */
    @Override
    public String toString() {
        return isRefused() ? "refused: " + reason : "kept";
    }
}
