package dev.tempo.policy.arrival;

import dev.tempo.contract.DrawnQuestions;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The questions of a run as they are kept with a version, by their ids and the hashes of what they ask.
 *
 * @param version of the policy
 * @param log the id of the topic that the offsets are of; empty before any was read
 * @param before the offset before which questions were taken in
 * @param deletionsBefore the offset before which deletions were taken in
 * @param taken how many were taken in since the last draw
 * @param takenBySource likewise, by source
 * @param drawn what the round of the version draws; null before it is drawn
 * @param groups different questions, the first that came first
 * @param leftOut how many were left out so far, by reason
 */
public record LedgerState(
        int version,
        String log,
        long before,
        long deletionsBefore,
        int taken,
        Map<String, Integer> takenBySource,
        @Nullable DrawnQuestions drawn,
        List<Group> groups,
        Map<String, Integer> leftOut) {

    /**
     * Questions that are the same.
     *
     * @param fromFile whether the data file has it
     * @param draws rounds that drew it
     * @param reward the mean reward of its responses when it was last drawn; null where that is not known
     * @param takenFrom the source that it counts for since it was taken in, empty where it has none; null where something has been drawn
     *     since then
     * @param members under which ids it came, the first one first
     */
    public record Group(
            String hash,
            boolean fromFile,
            int draws,
            @Nullable Double reward,
            @Nullable String takenFrom,
            List<Member> members) {}

    /**
     * An id under which a question came.
     *
     * @param id as requests have it
     * @param content the hash of its text and domain, as it is asked if it is drawn
     * @param times how often
     */
    public record Member(String id, String content, int times) {}
}
