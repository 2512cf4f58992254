package dev.tempo.messaging.removal;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * A record that says nothing. Kafka deletes whole segments and never the one that it writes to; where all of a partition goes, this record
 * begins another segment and is deleted with the rest. One that a kill has left behind is passed over by every reader.
 */
public final class LogCut {
    private static final String HEADER = "tempo-cut";

    private LogCut() {}

    /** Whether the record is such a one. */
    public static boolean is(ConsumerRecord<?, ?> record) {
        return record.key() == null
                && record.value() == null
                && record.headers().lastHeader(HEADER) != null;
    }

    static ProducerRecord<String, byte[]> in(TopicPartition partition) {
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(partition.topic(), partition.partition(), null, null);
        record.headers().add(HEADER, "segment".getBytes(StandardCharsets.UTF_8));
        return record;
    }
}
