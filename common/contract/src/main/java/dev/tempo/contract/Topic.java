package dev.tempo.contract;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A topic: its name, what it carries, who writes it and how records spread over partitions.
 *
 * @param key the record key: question where work spreads over replicas (a question's samples stay together), run where
 *     one trainer must see everything, run and version or question where the topic is compacted
 * @param compacted keeps the latest record per key for ever
 * @param spread whether it has several partitions
 * @param writer the one service that writes it
 * @param deletion the message that a record of a key and no value stands for; null where such records say nothing
 */
public record Topic<V>(
        String name,
        Class<V> type,
        Function<V, String> key,
        boolean compacted,
        boolean spread,
        String writer,
        @Nullable Function<String, V> deletion) {

    /** A topic in which records without a value say nothing. */
    public Topic(
            String name, Class<V> type, Function<V, String> key, boolean compacted, boolean spread, String writer) {
        this(name, type, key, compacted, spread, writer, null);
    }

    /** Whether a message is written as a record without a value. */
    public boolean isDeletion(V message) {
        return deletion != null && message.equals(deletion.apply(keyOf(message)));
    }

    /** The name of the topic for records that a reader could not process, with the reason in their headers. */
    public String deadLetters() {
        return name + "-dlt";
    }

    /** The record key of a message. */
    public String keyOf(V message) {
        return key.apply(message);
    }
}
