package dev.tempo.messaging;

import dev.tempo.contract.Topic;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * What is left for a message that was delivered as often as its topic allows and not finished. Kafka itself would drop it
 * silently after five deliveries.
 *
 * @param deliveries after which it is taken to
 * @param taken with the message's record and the reason; when it returns the broker has what follows
 */
record Resort(int deliveries, Taken taken) {
    /** Deliveries together with other messages: the first may have ended with a worker that somebody else had killed. */
    private static final int TOGETHER = 2;
    /** Deliveries alone: who ended a worker while it had nothing else at hand is hardly innocent. */
    private static final int ALONE = 2;

    /** A resort as a function. */
    @FunctionalInterface
    interface Taken {
        void to(ConsumerRecord<String, byte[]> record, Exception reason);
    }

    /** The number of deliveries of which the last word on a message speaks. */
    static final int ALL = TOGETHER + ALONE;

    /** To be tried alone, on the topic of suspects. */
    static <V> Resort alone(Topic<V> suspects, Consumer<List<ProducerRecord<String, byte[]>>> publisher) {
        return new Resort(
                TOGETHER,
                (record, reason) -> publisher.accept(List.of(
                        new ProducerRecord<>(suspects.name(), null, record.key(), record.value(), record.headers()))));
    }

    /** To end as a failure with the reason, and as a dead letter. */
    static <V> Resort failure(Suspects<V> suspects, String group, DeadLetters deadLetters) {
        return new Resort(ALONE, (record, reason) -> {
            Incoming<V> message = Incoming.decode(suspects.topic(), record, group, deadLetters);
            if (message != null) {
                suspects.fail().accept(message.message(), String.valueOf(reason.getMessage()));
                deadLetters.add(record, group, reason);
            }
        });
    }
}
