package dev.tempo.messaging;

import dev.tempo.contract.Topic;
import dev.tempo.messaging.letters.RefusedException;
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
        if (resort.failed().endCopy(record)) {
            of(LOG.atInfo(), record).log("failed at once: the same has failed before");
            return null;
        }
        if (Resort.deliveries(record) > resort.deliveries()) {
            resort.taken().to(record, resort.takenTooOften());
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
