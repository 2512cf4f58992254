package dev.tempo.messaging;

import dev.tempo.contract.FencedException;
import dev.tempo.contract.Topic;
import dev.tempo.messaging.letters.RefusedException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A trainer loop's session with one Kafka client. Changes of ownership are noted while Kafka polls and told to the
 * trainer afterwards, when it may take its time.
 */
final class TrainerSession<V> implements ConsumerRebalanceListener {
    private static final Logger LOG = LoggerFactory.getLogger(TrainerSession.class);
    private static final Duration IDLE = Duration.ofMillis(200);

    private final ReaderContext context;
    private final String group;
    private final Topic<V> topic;
    private final String log;
    private final Consumer<String, byte[]> consumer;
    private final Trainer<V> trainer;
    private final AtomicBoolean polling = new AtomicBoolean();
    private final Map<Integer, Long> positions = new HashMap<>();
    private final Map<Integer, Long> ends = new HashMap<>();
    private final Set<TopicPartition> gained = new HashSet<>();
    private final Set<Integer> rewound = new HashSet<>();
    private boolean lost;
    private boolean owner;

    TrainerSession(
            ReaderContext context,
            String group,
            Topic<V> topic,
            String log,
            Consumer<String, byte[]> consumer,
            Trainer<V> trainer) {
        this.context = context;
        this.group = group;
        this.topic = topic;
        this.log = log;
        this.consumer = consumer;
        this.trainer = trainer;
    }

    /** Lets an idle poll return at once. From any thread. */
    void wakeUp() {
        if (polling.compareAndSet(true, false)) {
            consumer.wakeup();
        }
    }

    String log() {
        return log;
    }

    Map<Integer, Long> positions() {
        return Map.copyOf(positions);
    }

    Map<Integer, Long> ends() {
        return Map.copyOf(ends);
    }

    void rewind(Map<Integer, Long> to) {
        to.forEach((partition, offset) -> {
            Long position = positions.get(partition);
            if (position != null && offset < position) {
                positions.put(partition, offset);
                consumer.seek(new TopicPartition(topic.name(), partition), offset);
                rewound.add(partition);
            }
        });
    }

    int generation() {
        return consumer.groupMetadata().generationId();
    }

    /** Reads until told to stop, or until the trainer has learned that another instance has taken over. */
    void read(LoopThread loop, Runnable events) {
        consumer.subscribe(List.of(topic.name()), this);
        try {
            while (loop.running()) {
                events.run();
                ConsumerRecords<String, byte[]> records = poll();
                tellOwnership();
                if (records.isEmpty()) {
                    passDeleted();
                } else {
                    context.take(topic, records.count()).run(() -> hand(records, loop, events));
                }
            }
        } catch (FencedException fenced) {
            tellOfSuccession(String.valueOf(fenced.getMessage()));
        } finally {
            leave();
        }
    }

    private void hand(ConsumerRecords<String, byte[]> records, LoopThread loop, Runnable events) {
        for (ConsumerRecord<String, byte[]> record : records) {
            hand(record);
            if (!loop.running()) {
                return;
            }
            events.run();
        }
    }

    private void tellOfSuccession(String reason) {
        LOG.atWarn()
                .addKeyValue("group", group)
                .addKeyValue("reason", reason)
                .log("another instance may go on from here; this one drops what it has and stands by");
    }

    private ConsumerRecords<String, byte[]> poll() {
        rewound.clear();
        polling.set(true);
        try {
            return consumer.poll(IDLE);
        } catch (WakeupException e) {
            return ConsumerRecords.empty();
        } finally {
            polling.set(false);
        }
    }

    private void hand(ConsumerRecord<String, byte[]> record) {
        if (!positions.containsKey(record.partition()) || rewound.contains(record.partition())) {
            return;
        }
        positions.put(record.partition(), record.offset() + 1);
        ends.merge(record.partition(), record.offset() + 1, Math::max);
        Incoming<V> message = Incoming.decode(topic, record, group, context.deadLetters());
        if (message == null) {
            return;
        }
        try {
            trainer.on(message.received());
        } catch (RefusedException refused) {
            context.deadLetters().add(record, group, refused);
        }
    }

    /** Moves past records that the broker has deleted since: none of them comes, however often it is rewound to. */
    private void passDeleted() {
        positions.replaceAll((partition, position) -> {
            if (position >= ends.getOrDefault(partition, 0L)) {
                return position;
            }
            try {
                return Math.max(
                        position, consumer.position(new TopicPartition(topic.name(), partition), Duration.ZERO));
            } catch (WakeupException | TimeoutException later) {
                return position;
            }
        });
    }

    private void tellOwnership() {
        if (lost) {
            lost = false;
            leave();
        }
        if (gained.isEmpty() && (owner || positions.isEmpty())) {
            return;
        }
        for (TopicPartition partition : gained) {
            long end = end(partition);
            positions.put(partition.partition(), end);
            ends.put(partition.partition(), end);
        }
        consumer.resume(gained);
        gained.clear();
        owner = true;
        trainer.assigned();
    }

    private long end(TopicPartition partition) {
        while (true) {
            try {
                return consumer.position(partition);
            } catch (WakeupException e) {
                // an event is posted; it is run after this
            }
        }
    }

    private void leave() {
        if (owner) {
            owner = false;
            trainer.revoked();
        }
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        if (!partitions.isEmpty()) {
            consumer.seekToEnd(partitions);
            consumer.pause(partitions);
            gained.addAll(partitions);
        }
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        if (owner && !partitions.isEmpty()) {
            tellOfSuccession("the broker has not heard of it for too long");
        }
        onPartitionsRevoked(partitions);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            lost |= positions.remove(partition.partition()) != null;
            gained.remove(partition);
            ends.remove(partition.partition());
        }
    }
}
