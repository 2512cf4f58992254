package dev.tempo.messaging;

import dev.tempo.contract.Topic;
import dev.tempo.messaging.letters.FailedRecords;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * What is left for a message that was delivered as often as its topic allows and not finished. Kafka itself would drop it
 * silently after five deliveries.
 *
 * @param deliveries after which it is taken to
 * @param taken with the message's record and the reason; when it returns the broker has what follows
 * @param again writes a record to where it came from; null where it is given back instead, which the broker counts as a delivery
 * @param failed those for which it has come to the end of all resorts
 */
record Resort(int deliveries, Taken taken, @Nullable Consumer<ProducerRecord<String, byte[]>> again, Failed failed) {
    /** The header with how many deliveries of earlier copies ended without a word. */
    private static final String BEFORE = "deliveries-before";

    /** Deliveries together with other messages: the first may have ended with a worker that somebody else had killed. */
    private static final int TOGETHER = 2;
    /** Deliveries alone: who ended a worker while it had nothing else at hand is hardly innocent. */
    private static final int ALONE = 2;

    /** A resort as a function. */
    @FunctionalInterface
    interface Taken {
        void to(ConsumerRecord<String, byte[]> record, Exception reason);
    }

    /** The end of all resorts, for a message and for the copies of it that are still under way. */
    interface Failed {
        void end(ConsumerRecord<String, byte[]> record, Exception reason);

        /** Ends the record as the one was of which it is a copy; false where none like it has failed. */
        boolean endCopy(ConsumerRecord<String, byte[]> record);
    }

    /** As failures with the reason, and as dead letters; a copy is no letter of its own. */
    static <V> Failed failures(
            WorkQueues.Suspects<V> suspects, String group, DeadLetters deadLetters, FailedRecords known) {
        return new Failed() {
            @Override
            public void end(ConsumerRecord<String, byte[]> record, Exception reason) {
                String why = String.valueOf(reason.getMessage());
                if (fail(record, why)) {
                    deadLetters.add(record, group, reason);
                    known.add(record, why);
                }
            }

            @Override
            public boolean endCopy(ConsumerRecord<String, byte[]> record) {
                String why = known.reason(record);
                return why != null && fail(record, why);
            }

            private boolean fail(ConsumerRecord<String, byte[]> record, String why) {
                Incoming<V> message = Incoming.decode(suspects.topic(), record, group, deadLetters);
                if (message != null) {
                    suspects.fail().accept(message.message(), why);
                }
                return message != null;
            }
        };
    }

    /** To be tried alone, on the topic of suspects. */
    static Resort alone(Topic<?> suspects, Consumer<ProducerRecord<String, byte[]>> publisher, Failed failed) {
        return new Resort(
                TOGETHER,
                (record, reason) -> publisher.accept(
                        new ProducerRecord<>(suspects.name(), null, record.key(), record.value(), record.headers())),
                null,
                failed);
    }

    /** To fail, after trials alone. */
    static Resort failure(Consumer<ProducerRecord<String, byte[]>> publisher, Failed failed) {
        return new Resort(ALONE, failed::end, publisher, failed);
    }

    /** What is said of a message that was delivered too often. */
    IllegalStateException takenTooOften() {
        return new IllegalStateException(
                "taken " + (TOGETHER + ALONE) + " times by workers that neither finished nor refused it, the last "
                        + deliveries + " times alone; they may have died of it");
    }

    /** How often a message was delivered and not given back in order. */
    static int deliveries(ConsumerRecord<?, ?> record) {
        int present = record.deliveryCount().orElse((short) 1);
        Header before = record.headers().lastHeader(BEFORE);
        String count =
                before == null || before.value() == null ? "0" : new String(before.value(), StandardCharsets.UTF_8);
        return present + (count.matches("\\d{1,3}") ? Integer.parseInt(count) : 0);
    }

    /** The same message as if it had not been delivered this time. */
    static ProducerRecord<String, byte[]> undelivered(ConsumerRecord<String, byte[]> record) {
        Headers headers = new RecordHeaders(record.headers());
        String before = Integer.toString(deliveries(record) - 1);
        headers.remove(BEFORE).add(BEFORE, before.getBytes(StandardCharsets.UTF_8));
        return new ProducerRecord<>(record.topic(), null, record.key(), record.value(), headers);
    }
}
