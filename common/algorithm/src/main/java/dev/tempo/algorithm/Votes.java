package dev.tempo.algorithm;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A reward without labels: what the responses to one question say about each other. */
public sealed interface Votes permits MajorityVote, ClusterShare {
    /**
     * Counts the votes of one question's responses.
     *
     * @param answers one per response, in sample order; null or blank where a response gave none
     * @throws IllegalArgumentException if there is no response at all
     */
    VoteResult count(List<@Nullable String> answers);

    /** Whether a response gave no answer. */
    static boolean isMissing(@Nullable String answer) {
        return answer == null || answer.isBlank();
    }
}
