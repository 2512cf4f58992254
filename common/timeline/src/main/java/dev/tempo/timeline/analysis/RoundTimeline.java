package dev.tempo.timeline.analysis;

import java.util.List;
import java.util.Map;

/**
 * Where the time of a round went: from the moment when the version was published that it began with, to that of the version that it
 * made.
 *
 * @param round counted from 0 through all stages
 * @param from microseconds since 1970
 * @param to the same
 * @param path what the round's length is made of
 * @param work of each service
 * @param waits of threads for messages of a topic; they overlap with others' work
 * @param processes microseconds of processor time by process; empty where no launcher sampled them
 * @param idle share of each core that nothing on the machine used; empty where that is not known
 */
public record RoundTimeline(
        int round,
        long from,
        long to,
        List<PathStep> path,
        List<Work> work,
        List<Work> waits,
        Map<String, Double> processes,
        List<Double> idle) {

    public long micros() {
        return to - from;
    }

    /** The version that the round made. */
    public int version() {
        return round + 1;
    }
}
