package dev.tempo.messaging.letters;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * The records that are dead letters of one topic, and for what reasons, so that a copy of one can be told from what was never tried. A
 * copy has the same bytes. Thread-safe.
 */
public final class FailedRecords {
    private final TopicPartition letters;
    private final Map<ByteBuffer, String> reasons = new ConcurrentHashMap<>();

    /**
     * None as yet.
     *
     * @param deadLetters the topic of the letters
     */
    public FailedRecords(String deadLetters) {
        letters = new TopicPartition(deadLetters, 0);
    }

    /**
     * Learns of all that are there.
     *
     * @param consumer that belongs to no group
     * @throws org.apache.kafka.common.KafkaException if the broker does not answer
     */
    public void learn(Consumer<String, byte[]> consumer) {
        LetterReader.read(consumer, letters, letter -> {
            Header reason = letter.headers().lastHeader("reason");
            if (letter.value() != null && reason != null && reason.value() != null) {
                reasons.put(ByteBuffer.wrap(letter.value()), new String(reason.value(), StandardCharsets.UTF_8));
            }
        });
    }

    /** Remembers one that has become a letter just now. */
    public void add(ConsumerRecord<String, byte[]> record, String reason) {
        reasons.put(ByteBuffer.wrap(record.value()), reason);
    }

    /** The reason for which a record like this failed; null where none did, or somebody said in so many words that this one is to be tried. */
    public @Nullable String reason(ConsumerRecord<String, byte[]> record) {
        return record.value() == null || record.headers().lastHeader(DeadLetterBox.REPLAYED) != null
                ? null
                : reasons.get(ByteBuffer.wrap(record.value()));
    }
}
