package dev.tempo.messaging;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.KafkaOperations;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.BatchListenerFailedException;
import org.springframework.kafka.listener.ConsumerRecordRecoverer;
import org.springframework.kafka.listener.DeadLetterPublishingRecoverer;

/**
 * The topics of records that a reader cannot take: {@code <topic>-dlt}, byte for byte, with headers {@code topic},
 * {@code partition}, {@code offset}, {@code reader}, {@code exception} and {@code reason} as text. Counted in
 * {@code tempo.messaging.dead.letters{topic}}.
 */
final class DeadLetters {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int LONGEST_REASON = 4_000;

    private final Publisher publisher;
    private final KafkaTemplate<String, byte[]> template;
    private final MeterRegistry meters;

    DeadLetters(Publisher publisher, KafkaTemplate<String, byte[]> template, MeterRegistry meters) {
        this.publisher = publisher;
        this.template = template;
        this.meters = meters;
    }

    /**
     * Returns when the broker has the record.
     *
     * @param reader the group or service that could not take the record
     */
    void add(ConsumerRecord<String, byte[]> record, String reader, Exception reason) {
        new Recoverer(reader).accept(record, null, reason);
    }

    /** Adds the record that stands at a place of a topic; nothing where it was deleted meanwhile. */
    void add(KafkaClients clients, TopicPartition partition, long offset, String reader, Exception reason) {
        try (Consumer<String, byte[]> consumer = clients.ungrouped("refusals")) {
            consumer.assign(List.of(partition));
            consumer.seek(partition, offset);
            long begun = System.nanoTime();
            while (consumer.position(partition) <= offset) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(PATIENCE)) {
                    if (record.offset() == offset) {
                        add(record, reader, reason);
                    }
                    if (record.offset() >= offset) {
                        return;
                    }
                }
                if (System.nanoTime() - begun > PATIENCE.toNanos()) {
                    throw new IllegalStateException(
                            "the record at " + partition + "@" + offset + " could not be read again");
                }
            }
        }
    }

    /** What a container's error handler calls when the last attempt has failed. */
    ConsumerRecordRecoverer of(String reader) {
        return new Recoverer(reader);
    }

    /** What the handler threw, out of what the container wraps around it; itself where no handler threw it. */
    static Exception ofHandler(Exception thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof BatchListenerFailedException && cause.getCause() instanceof Exception reason) {
                return reason;
            }
        }
        return thrown;
    }

    /** Spring's recoverer with our headers instead of its own, for one reader. */
    private final class Recoverer extends DeadLetterPublishingRecoverer {
        private final String reader;

        Recoverer(String reader) {
            // no partition: the producer finds the one there is
            super(template, (record, reason) -> new TopicPartition(record.topic() + "-dlt", -1));
            this.reader = reader;
            setExceptionHeadersCreator((headers, reason, isKey, names) -> {});
            excludeHeader(HeaderNames.HeadersToAdd.values());
            addHeadersFunction(this::headers);
        }

        private Headers headers(ConsumerRecord<?, ?> record, Exception reason) {
            Headers headers = new RecordHeaders();
            header(headers, "topic", record.topic());
            header(headers, "partition", String.valueOf(record.partition()));
            header(headers, "offset", String.valueOf(record.offset()));
            header(headers, "reader", reader);
            header(headers, "exception", reason.getClass().getName());
            header(headers, "reason", String.valueOf(reason.getMessage()));
            return headers;
        }

        /** By our publisher, which waits for a broker that is away until the service stops. */
        @Override
        protected void publish(
                ProducerRecord<Object, Object> letter,
                KafkaOperations<Object, Object> template,
                ConsumerRecord<?, ?> record) {
            publisher.send(List.of(new ProducerRecord<>(
                    letter.topic(),
                    letter.partition(),
                    (String) letter.key(),
                    (byte[]) letter.value(),
                    letter.headers())));
            meters.counter("tempo.messaging.dead.letters", "topic", record.topic())
                    .increment();
        }

        @Override
        public void accept(ConsumerRecord<?, ?> record, @Nullable Consumer<?, ?> consumer, Exception reason) {
            Exception handlers = ofHandler(reason);
            super.accept(record, consumer, handlers);
            LOG.atError()
                    .addKeyValue("reader", reader)
                    .addKeyValue("topic", record.topic())
                    .addKeyValue("partition", record.partition())
                    .addKeyValue("offset", record.offset())
                    .addKeyValue("deadLetters", record.topic() + "-dlt")
                    .setCause(handlers)
                    .log("a record cannot be taken; it is in the dead letters now");
        }

        private static void header(Headers headers, String name, String text) {
            String bounded = text.length() > LONGEST_REASON ? text.substring(0, LONGEST_REASON) + "…" : text;
            headers.add(name, bounded.getBytes(StandardCharsets.UTF_8));
        }
    }
}
