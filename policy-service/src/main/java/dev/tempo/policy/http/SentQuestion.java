package dev.tempo.policy.http;

import dev.tempo.contract.ArrivingQuestion;
import dev.tempo.contract.recipe.Recipe;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/**
 * A question as it was sent, before filters have seen it.
 *
 * @param place where it stands in what was sent, such as {@code line 3}
 * @param id for its sender; null where it has none yet
 * @param owner of the key that it was sent with; null where there are none
 */
record SentQuestion(
        String place,
        @Nullable String id,
        String question,
        @Nullable String domain,
        @Nullable String source,
        @Nullable String owner) {
    private static final int HASH_LENGTH = 32;

    /** @throws IllegalArgumentException if it is none that may arrive */
    SentQuestion {
        arriving(id, question, domain, source, owner);
    }

    /**
     * The question as it arrives.
     *
     * @param filtered what filters have left of the text. Where the question has no id, it is made of this: a hash of the text that was
     *     sent would tell who guesses what was taken out that it was there
     */
    ArrivingQuestion arriving(String filtered) {
        return arriving(id, filtered, domain, source, owner);
    }

    private static ArrivingQuestion arriving(
            @Nullable String id,
            String question,
            @Nullable String domain,
            @Nullable String source,
            @Nullable String owner) {
        return new ArrivingQuestion(
                QuestionKeys.idOnTopic(owner, id == null ? idOf(question, domain) : id),
                question,
                domain,
                owner == null ? source : owner);
    }

    /** The id of a question that has none: the same for the same text, so that one that is sent again is not another one. */
    private static String idOf(String question, @Nullable String domain) {
        String content = (domain == null ? Recipe.DEFAULT_DOMAIN : domain) + "\n" + question;
        return "q-" + DigestUtils.sha256Hex(content).substring(0, HASH_LENGTH);
    }

    /** The text is not told. */
    @Override
    public String toString() {
        return place;
    }
}
