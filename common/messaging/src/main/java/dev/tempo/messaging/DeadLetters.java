package dev.tempo.messaging;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where records go that a reader cannot take: {@code <topic>-dlt}, byte for byte, with headers {@code topic},
 * {@code partition}, {@code offset}, {@code reader}, {@code exception} and {@code reason} as text. Counted in
 * {@code tempo.messaging.dead.letters{topic}}.
 */
final class DeadLetters {
    private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);
    private static final int LONGEST_REASON = 4_000;

    private final Publisher publisher;
    private final MeterRegistry meters;

    DeadLetters(Publisher publisher, MeterRegistry meters) {
        this.publisher = publisher;
        this.meters = meters;
    }

    /** @param reader the group or service that could not take the record */
    void add(ConsumerRecord<String, byte[]> record, String reader, Throwable reason) {
        String deadLetters = record.topic() + "-dlt";
        ProducerRecord<String, byte[]> letter = new ProducerRecord<>(deadLetters, record.key(), record.value());
        header(letter, "topic", record.topic());
        header(letter, "partition", String.valueOf(record.partition()));
        header(letter, "offset", String.valueOf(record.offset()));
        header(letter, "reader", reader);
        header(letter, "exception", reason.getClass().getName());
        header(letter, "reason", String.valueOf(reason.getMessage()));
        publisher.send(List.of(letter));
        meters.counter("tempo.messaging.dead.letters", "topic", record.topic()).increment();
        log.error(
                "{} cannot take the record at {}-{}@{}, it is in {} now",
                reader,
                record.topic(),
                record.partition(),
                record.offset(),
                deadLetters,
                reason);
    }

    private static void header(ProducerRecord<String, byte[]> letter, String name, String text) {
        String bounded = text.length() > LONGEST_REASON ? text.substring(0, LONGEST_REASON) + "…" : text;
        letter.headers().add(name, bounded.getBytes(StandardCharsets.UTF_8));
    }
}
