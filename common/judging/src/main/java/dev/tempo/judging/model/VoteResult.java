package dev.tempo.judging.model;

import org.jspecify.annotations.Nullable;

/**
 * Both votes on one answer.
 *
 * @param right what they agree on; null where they do not, or where one is no vote
 * @param flaw why there is no result, as a word for a meter; null where there is one
 * @param raw what the model literally said, a line for each vote
 */
record VoteResult(@Nullable Boolean right, @Nullable String flaw, String raw) {
    static final String DISAGREEMENT = "disagreement";
    static final String MALFORMED = "malformed";
    static final String REFUSED = "refused";

    boolean isRight() {
        return Boolean.TRUE.equals(right);
    }

    boolean isWrong() {
        return Boolean.FALSE.equals(right);
    }
}
