package dev.tempo.messaging.letters;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record that a reader could not take.
 *
 * @param topic where it was read, and where a replay puts it again
 * @param number its place among the topic's dead letters; it keeps it when others are deleted
 * @param written when it became a dead letter
 * @param key of the record; null where it had none
 * @param bytes of the record, as they were; null where it had none
 * @param headers who could not take it and why: {@code reader}, {@code exception}, {@code reason}, and where it stood
 */
public record DeadLetter(
        String topic,
        long number,
        Instant written,
        @Nullable String key,
        @Nullable ByteBuffer bytes,
        Map<String, String> headers) {

    public DeadLetter {
        headers = Map.copyOf(headers);
    }

    /** The header of that name; empty where there is none. */
    public String header(String name) {
        return headers.getOrDefault(name, "");
    }

    /** The length of the record in bytes. */
    public int size() {
        return bytes == null ? 0 : bytes.remaining();
    }
}
