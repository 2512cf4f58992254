package dev.tempo.messaging;

import dev.tempo.contract.Topic;
import dev.tempo.messaging.removal.LogCut;
import dev.tempo.messaging.service.MessageRound;
import dev.tempo.timeline.OpenSpan;
import java.time.Instant;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** A decoded message with the record it came in, which becomes the dead letter if nobody can take it. */
record Incoming<V>(V message, ConsumerRecord<String, byte[]> record) {

    /**
     * The message in a record; null where it holds none: a tombstone that deletes nothing, a cut of the log, or a record that cannot be read
     * and is a dead letter now.
     */
    static <V> @Nullable Incoming<V> decode(
            Topic<V> topic, ConsumerRecord<String, byte[]> record, String reader, DeadLetters deadLetters) {
        if (LogCut.is(record)) {
            return null;
        }
        if (record.value() == null && topic.compacted()) {
            return deletion(topic, record);
        }
        if (record.value() != null && record.value().length > ClientSettings.MAX_MESSAGE) {
            deadLetters.add(
                    record,
                    reader,
                    new IllegalArgumentException("the record has " + record.value().length
                            + " bytes, but a message at most " + ClientSettings.MAX_MESSAGE));
            return null;
        }
        try {
            V message = OpenSpan.json(() -> Wire.read(topic.type(), record.value()));
            if (topic.deletion() != null && !topic.keyOf(message).equals(record.key())) {
                throw new IllegalArgumentException("the record's key is " + record.key() + " but must be "
                        + topic.keyOf(message) + ", by which it can be deleted");
            }
            MessageRound round = MessageRound.of(message);
            OpenSpan.present(span -> span.of(round.run(), round.round()));
            return new Incoming<>(message, record);
        } catch (RuntimeException e) {
            deadLetters.add(record, reader, e);
            return null;
        }
    }

    /** The deletion that a record without a value says; null where it says none, or its key is none of the topic's. */
    private static <V> @Nullable Incoming<V> deletion(Topic<V> topic, ConsumerRecord<String, byte[]> record) {
        Function<String, V> deletion = topic.deletion();
        if (deletion == null || record.key() == null) {
            return null;
        }
        try {
            return new Incoming<>(deletion.apply(record.key()), record);
        } catch (IllegalArgumentException noKeyOfOurs) {
            return null;
        }
    }

    TopicPartition partition() {
        return new TopicPartition(record.topic(), record.partition());
    }

    Received<V> received() {
        return new Received<>(message, record.partition(), record.offset(), Instant.ofEpochMilli(record.timestamp()));
    }
}
