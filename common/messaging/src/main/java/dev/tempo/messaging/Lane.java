package dev.tempo.messaging;

import dev.tempo.contract.Topic;
import dev.tempo.messaging.letters.RefusedException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * One topic of a work queue. Kafka's client goes on fetching by itself after a poll that found nothing, so a lane may come
 * to hold a batch before its turn; it keeps it locked until then. It never holds more than one.
 */
final class Lane<V> {
    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
    private static final int LOCK_UNKNOWN = 6_000;
    private static final Duration CUT_OFF = Duration.ofMillis(500);

    private final Topic<V> topic;
    private final String group;
    private final int maxRecords;
    private final ShareConsumer<String, byte[]> consumer;
    private final DeadLetters deadLetters;
    private final Resort resort;
    private final Map<Place, Incoming<V>> held = new LinkedHashMap<>();
    private final Metric connections;
    private boolean atWork;
    private boolean fetching;
    private boolean lostLocks;
    private boolean connected;
    private long connectedAt;
    private int lockMillis = LOCK_UNKNOWN;
    private long lockedAt;

    /**
     * What is left for a message that was delivered as often as its topic allows and not finished. Kafka itself would drop it
     * silently after five deliveries.
     *
     * @param deliveries after which it is taken to
     * @param taken with the message's record and the reason; when it returns the broker has what follows
     * @param again writes a record to where it came from; null where it is given back instead, which the broker counts as a delivery
     */
    record Resort(int deliveries, Taken taken, @Nullable Consumer<ProducerRecord<String, byte[]>> again) {
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

        /** The number of deliveries of which the last word on a message speaks. */
        static final int ALL = TOGETHER + ALONE;

        /** To be tried alone, on the topic of suspects. */
        static <V> Resort alone(Topic<V> suspects, Consumer<List<ProducerRecord<String, byte[]>>> publisher) {
            return new Resort(
                    TOGETHER,
                    (record, reason) -> publisher.accept(List.of(new ProducerRecord<>(
                            suspects.name(), null, record.key(), record.value(), record.headers()))),
                    null);
        }

        /** To end as a failure with the reason, and as a dead letter. */
        static <V> Resort failure(
                WorkQueues.Suspects<V> suspects,
                String group,
                DeadLetters deadLetters,
                Consumer<List<ProducerRecord<String, byte[]>>> publisher) {
            return new Resort(
                    ALONE,
                    (record, reason) -> {
                        Incoming<V> message = Incoming.decode(suspects.topic(), record, group, deadLetters);
                        if (message != null) {
                            suspects.fail().accept(message.message(), String.valueOf(reason.getMessage()));
                            deadLetters.add(record, group, reason);
                        }
                    },
                    record -> publisher.accept(List.of(record)));
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

    private record Place(int partition, long offset) {
        static Place of(ConsumerRecord<?, ?> record) {
            return new Place(record.partition(), record.offset());
        }
    }

    Lane(
            Topic<V> topic,
            String group,
            int maxRecords,
            ShareConsumer<String, byte[]> consumer,
            DeadLetters deadLetters,
            Resort resort) {
        this.topic = topic;
        this.group = group;
        this.maxRecords = maxRecords;
        this.consumer = consumer;
        this.deadLetters = deadLetters;
        this.resort = resort;
        this.connections = consumer.metrics().entrySet().stream()
                .filter(metric -> metric.getKey().name().equals("connection-count"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow();
        consumer.subscribe(List.of(topic.name()));
    }

    Topic<V> topic() {
        return topic;
    }

    int lockMillis() {
        return lockMillis;
    }

    /**
     * Whether the broker has gone. Kafka's share client then tries to fetch without any pause, which costs a core and slows
     * the broker's return: the lane should be closed.
     */
    private boolean isCutOff() {
        if (((Number) connections.metricValue()).doubleValue() > 0) {
            connected = true;
            connectedAt = System.nanoTime();
        }
        return connected && System.nanoTime() - connectedAt > CUT_OFF.toNanos();
    }

    /**
     * Whether a fresh client has to take over: the broker has gone, or a renewal was not granted. Kafka's client waits for
     * ever for a renewal that a dying broker left unanswered, and fetches nothing meanwhile.
     */
    boolean isOfNoUse() {
        return lostLocks || isCutOff();
    }

    /** Whether there is something to work on. */
    boolean take(Duration patience) {
        if (held.isEmpty()) {
            poll(patience);
        }
        return !held.isEmpty();
    }

    List<Incoming<V>> batch() {
        atWork = true;
        return held.values().stream().limit(maxRecords).toList();
    }

    /** Called again and again while the worker works: renews what is held once a third of the lock has passed. */
    void keep() {
        if (held.isEmpty()) {
            if (fetching) {
                poll(Duration.ZERO);
            }
        } else if (System.nanoTime() - lockedAt
                > Duration.ofMillis(lockMillis / 3).toNanos()) {
            held.values().forEach(message -> acknowledge(message.record(), AcknowledgeType.RENEW));
            commit();
            poll(Duration.ofMillis(100));
        }
    }

    /** Accepts what was done and what was refused; what failed comes again, or goes to the last resort after its last delivery. */
    void finish(List<Incoming<V>> batch, Map<Incoming<V>, RuntimeException> failures) {
        atWork = false;
        for (Incoming<V> message : batch) {
            ConsumerRecord<String, byte[]> record = message.record();
            if (held.remove(Place.of(record)) == null) {
                of(LOG.atInfo(), record).log("finished after its lock was lost; the record comes again");
                continue;
            }
            RuntimeException failure = failures.get(message);
            if (failure == null) {
                acknowledge(record, AcknowledgeType.ACCEPT);
            } else if (failure instanceof CancellationException
                    || failure instanceof NotYetException
                    || isOfTheRoad(failure)) {
                giveBack(record);
            } else if (failure instanceof RefusedException) {
                deadLetters.add(record, group, failure);
                acknowledge(record, AcknowledgeType.ACCEPT);
            } else if (Resort.deliveries(record) >= resort.deliveries()) {
                resort.taken().to(record, failure);
                acknowledge(record, AcknowledgeType.ACCEPT);
            } else {
                of(LOG.atWarn(), record).setCause(failure).log("failed and given back");
                acknowledge(record, AcknowledgeType.RELEASE);
            }
        }
        commit();
    }

    /**
     * Gives a message back in order. The broker counts it as delivered all the same; where that would accuse it, a copy takes its place
     * which has not been.
     */
    private void giveBack(ConsumerRecord<String, byte[]> record) {
        of(LOG.atInfo(), record).log("given back, for the service ends");
        Consumer<ProducerRecord<String, byte[]>> again = resort.again();
        AcknowledgeType type = AcknowledgeType.RELEASE;
        if (again != null) {
            try {
                again.accept(Resort.undelivered(record));
                type = AcknowledgeType.ACCEPT;
            } catch (PublishException unreachable) {
                of(LOG.atInfo(), record).setCause(unreachable).log("the broker counts it as delivered");
            }
        }
        acknowledge(record, type);
    }

    /** Gives back what it holds and nobody works at: a worker that broke at work has not ended in order. */
    void close() {
        try {
            if (resort.again() != null && !atWork && !held.isEmpty() && !isOfNoUse()) {
                held.values().forEach(message -> giveBack(message.record()));
                commit();
            }
            consumer.close(isCutOff() ? Duration.ZERO : Duration.ofSeconds(2));
        } catch (KafkaException e) {
            LOG.atInfo()
                    .addKeyValue("group", group)
                    .addKeyValue("topic", topic.name())
                    .addKeyValue("reason", e.getMessage())
                    .log("could not leave the group in order; the broker notices when the session times out");
        }
    }

    /** What the client holds for us now: what was renewed, or what is new. */
    private void poll(Duration patience) {
        Map<Place, Incoming<V>> before = new LinkedHashMap<>(held);
        held.clear();
        boolean refused = false;
        for (ConsumerRecord<String, byte[]> record : consumer.poll(patience)) {
            Incoming<V> known = before.get(Place.of(record));
            Incoming<V> message = known == null ? fresh(record) : known;
            if (message == null) {
                acknowledge(record, AcknowledgeType.ACCEPT);
                refused = true;
            } else {
                held.put(Place.of(record), message);
            }
        }
        lostLocks |= !held.keySet().containsAll(before.keySet());
        fetching = held.isEmpty();
        lockedAt = System.nanoTime();
        consumer.acquisitionLockTimeoutMs().ifPresent(millis -> lockMillis = millis);
        if (refused) {
            commit();
        }
    }

    private @Nullable Incoming<V> fresh(ConsumerRecord<String, byte[]> record) {
        if (Resort.deliveries(record) > resort.deliveries()) {
            resort.taken()
                    .to(
                            record,
                            new IllegalStateException("taken " + Resort.ALL
                                    + " times by workers that neither finished nor refused it, the last "
                                    + resort.deliveries() + " times alone; they may have died of it"));
            return null;
        }
        if (Resort.deliveries(record) > 1) {
            of(LOG.atInfo(), record)
                    .addKeyValue("delivery", Resort.deliveries(record))
                    .log("taken again: the worker that had the record did not finish it");
        }
        return Incoming.decode(topic, record, group, deadLetters);
    }

    /** Whether what the handler made could not be written because the service ends, which is no message's fault. */
    private static boolean isOfTheRoad(RuntimeException failure) {
        return failure instanceof PublishException && !(failure.getCause() instanceof RecordTooLargeException);
    }

    private void acknowledge(ConsumerRecord<String, byte[]> record, AcknowledgeType type) {
        try {
            consumer.acknowledge(record, type);
        } catch (IllegalStateException e) {
            of(LOG.atDebug(), record).setCause(e).log("the lock on the record is lost");
        }
    }

    private void commit() {
        consumer.commitSync()
                .forEach((partition, failure) -> failure.ifPresent(reason -> LOG.atInfo()
                        .addKeyValue("group", group)
                        .addKeyValue("partition", partition.toString())
                        .addKeyValue("reason", reason.getMessage())
                        .log("locks were lost; the records come again")));
    }

    private LoggingEventBuilder of(LoggingEventBuilder line, ConsumerRecord<?, ?> record) {
        return line.addKeyValue("group", group)
                .addKeyValue("topic", topic.name())
                .addKeyValue("key", record.key());
    }
}
