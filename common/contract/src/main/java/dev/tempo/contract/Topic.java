package dev.tempo.contract;

import java.util.function.Function;

/**
 * A topic: its name, what it carries, who writes it and how records spread over partitions.
 *
 * @param key the record key: question where work spreads over replicas (a question's samples stay together), run where
 *     one trainer must see everything, run and version or question where the topic is compacted
 * @param compacted keeps the latest record per key for ever
 * @param spread whether it has several partitions
 * @param writer the one service that writes it
 */
public record Topic<V>(
        String name, Class<V> type, Function<V, String> key, boolean compacted, boolean spread, String writer) {

    /** The name of the topic for records that a reader could not process, with the reason in their headers. */
    public String deadLetters() {
        return name + "-dlt";
    }

    /** The record key of a message. */
    public String keyOf(V message) {
        return key.apply(message);
    }
}
