package dev.tempo.algorithm;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A vote among the responses to one question, which gives rewards without a reference answer. */
public sealed interface Votes permits MajorityVote, ClusterShare {
    /**
     * The result of the vote.
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
