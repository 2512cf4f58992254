package dev.tempo.runs;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The place where a trainer stands in its topic when it begins with a run.
 *
 * @param log the id of the topic; empty where that is not known
 * @param next where each partition ends, though another run's records may be read again before that
 */
public record LogPosition(String log, Map<Integer, Long> next) {

    public LogPosition {
        next = Map.copyOf(next);
    }

    /** Whether the offsets of a checkpoint are of another topic, which was lost and made anew. */
    public boolean isOfAnotherLogThan(@Nullable String noted) {
        return noted != null && !log.isEmpty() && !noted.equals(log);
    }

    /** The first offset of each partition. */
    public Map<Integer, Long> beginning() {
        Map<Integer, Long> offsets = new HashMap<>();
        next.keySet().forEach(partition -> offsets.put(partition, 0L));
        return offsets;
    }

    /**
     * Refuses a topic that has lost records which a checkpoint has read: what else is lost nobody knows.
     *
     * @param read the next offset of each partition when the checkpoint was written
     * @param topic its name
     * @throws RunStoppedException saying what to do
     */
    public void refuseLossOf(Map<Integer, Long> read, String topic) {
        read.forEach((partition, offset) -> {
            Long end = next.get(partition);
            if (end != null && end < offset) {
                throw new RunStoppedException("the broker has lost records: partition " + partition + " of " + topic
                        + " was read up to " + offset + " and ends at " + end + " now; delete the broker's directory"
                        + " (.tempo/kafka-... of the workspace) and resume the run, and what it held is made again");
            }
        });
    }
}
