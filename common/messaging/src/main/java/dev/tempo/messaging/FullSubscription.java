package dev.tempo.messaging;

import dev.tempo.contract.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A reader of a whole topic that belongs to no group; its position is kept in memory alone. A topic that was deleted and made anew is read
 * from its beginning.
 */
public final class FullSubscription<V> extends Subscription {
    private static final Logger LOG = LoggerFactory.getLogger(FullSubscription.class);
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final long TOPIC_LOOK_NANOS = Duration.ofSeconds(10).toNanos();

    private final ReaderContext context;
    private final Topic<V> topic;
    private final java.util.function.Consumer<Received<V>> handler;
    private final java.util.function.@Nullable Consumer<String> log;
    private final Supplier<Instant> since;
    private final Runnable afterCatchingUp;
    private final @Nullable FullSubscription<?> first;
    private final Map<TopicPartition, Long> positions = new HashMap<>();
    private final Map<TopicPartition, Long> history = new HashMap<>();
    private final Queue<Look> looks = new ConcurrentLinkedQueue<>();
    private String id = "";
    private long lastTopicLook;

    /** A question whether the topic is read to the end that it has when the reader comes to it. */
    private static final class Look {
        private final Map<TopicPartition, Long> ends = new HashMap<>();
        private volatile boolean answered;
    }

    FullSubscription(
            ReaderContext context,
            Topic<V> topic,
            java.util.function.Consumer<Received<V>> handler,
            Runnable afterCatchingUp,
            @Nullable FullSubscription<?> first,
            java.util.function.@Nullable Consumer<String> log,
            Supplier<Instant> since) {
        super(context, context.service(), topic.name());
        this.context = context;
        this.topic = topic;
        this.handler = handler;
        this.afterCatchingUp = afterCatchingUp;
        this.first = first;
        this.log = log;
        this.since = since;
    }

    /**
     * Whether everything that the topic held at the time of this call has been handled; false until the reader can tell. What was
     * acknowledged by the broker before the call is among it, so that what is missing then was not written before. Thread-safe.
     */
    public BooleanSupplier readToPresentEnd() {
        Look look = new Look();
        looks.add(look);
        return () -> look.answered;
    }

    @Override
    void read() {
        FullSubscription<?> before = first;
        if (before == null) {
            readThis();
            return;
        }
        before.start();
        try {
            boolean caughtUp = false;
            while (!caughtUp && loop().running()) {
                caughtUp = before.awaitCaughtUp(LOOK);
            }
            readThis();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            before.stop();
        }
    }

    private void readThis() {
        Sessions.repeat(loop().name(), loop()::running, () -> {
            Optional<String> present = context.topics().idOf(topic.name(), loop()::running);
            present.filter(other -> !other.equals(id)).ifPresent(this::readFrom);
            if (present.isPresent()) {
                try (Consumer<String, byte[]> consumer = context.clients().ungrouped(topic.name())) {
                    read(consumer);
                }
            }
        });
    }

    /** The topic is another one than before: what is known of its offsets means nothing. */
    private void readFrom(String other) {
        if (!id.isEmpty()) {
            LOG.atWarn()
                    .addKeyValue("topic", topic.name())
                    .addKeyValue("reader", loop().name())
                    .log("the topic was made anew; it is read from its beginning");
        }
        id = other;
        positions.clear();
        history.clear();
        looks.forEach(look -> look.ends.clear());
        if (log != null) {
            log.accept(id);
        }
    }

    /** Whether the topic is another one by now. A reader would not notice by itself: the offsets that it asks for may be there again. */
    private boolean isMadeAnew() {
        long now = System.nanoTime();
        if (now - lastTopicLook < TOPIC_LOOK_NANOS) {
            return false;
        }
        lastTopicLook = now;
        return context.topics()
                .idNow(topic.name())
                .filter(other -> !other.equals(id))
                .isPresent();
    }

    private void read(Consumer<String, byte[]> consumer) {
        lastTopicLook = System.nanoTime();
        List<TopicPartition> partitions = consumer.partitionsFor(topic.name()).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        for (TopicPartition partition : partitions) {
            Long position = positions.get(partition);
            if (position == null) {
                seekToFirst(consumer, partition);
            } else {
                consumer.seek(partition, position);
            }
        }
        if (history.isEmpty()) {
            history.putAll(consumer.endOffsets(partitions));
        }
        PollCycle<V> cycle = new PollCycle<>(
                context,
                topic,
                context.service(),
                true,
                consumer,
                messages -> handler.accept(messages.get(0).received()));
        while (loop().running() && !isMadeAnew()) {
            if (cycle.step(loop()::running)) {
                positions.putAll(cycle.takeEnds());
                if (!caughtUp() && hasRead(consumer, history)) {
                    afterCatchingUp.run();
                    catchUp();
                }
                look(consumer, partitions);
            }
        }
    }

    private void seekToFirst(Consumer<String, byte[]> consumer, TopicPartition partition) {
        Instant time = since.get();
        if (time.equals(Instant.EPOCH)) {
            consumer.seekToBeginning(List.of(partition));
            return;
        }
        OffsetAndTimestamp first =
                consumer.offsetsForTimes(Map.of(partition, time.toEpochMilli())).get(partition);
        if (first == null) {
            consumer.seekToEnd(List.of(partition));
        } else {
            consumer.seek(partition, first.offset());
        }
    }

    private void look(Consumer<String, byte[]> consumer, List<TopicPartition> partitions) {
        for (Look look : looks) {
            if (look.ends.isEmpty()) {
                // a reader's own questions wait behind its fetch, which the broker answers when something comes
                context.topics().endsNow(partitions).ifPresent(look.ends::putAll);
            }
            if (!look.ends.isEmpty() && hasRead(consumer, look.ends)) {
                look.answered = true;
                looks.remove(look);
            }
        }
    }

    private static boolean hasRead(Consumer<String, byte[]> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }
}
