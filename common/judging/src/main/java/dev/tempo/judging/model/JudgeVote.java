package dev.tempo.judging.model;

import org.jspecify.annotations.Nullable;

/**
 * The result of asking a judge model about one answer, by one vote or both.
 *
 * @param right whether the answer was called right; null where the votes disagree or a reply was no vote
 * @param flaw why there is no result, as a word for a meter; null where there is one
 * @param raw what the model literally said, a line for each vote
 */
record JudgeVote(@Nullable Boolean right, @Nullable String flaw, String raw) {
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
