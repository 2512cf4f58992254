package dev.tempo.messaging;

import dev.tempo.contract.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** A reader of a whole topic that belongs to no group; its position is kept in memory alone. */
public final class FullSubscription<V> extends Subscription {
    private static final Duration LOOK = Duration.ofMillis(200);

    private final ReaderContext context;
    private final Topic<V> topic;
    private final java.util.function.Consumer<Received<V>> handler;
    private final java.util.function.@Nullable Consumer<String> log;
    private final Runnable afterCatchingUp;
    private final @Nullable FullSubscription<?> first;
    private final Map<TopicPartition, Long> positions = new HashMap<>();
    private final Map<TopicPartition, Long> history = new HashMap<>();
    private final Queue<Look> looks = new ConcurrentLinkedQueue<>();

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
            java.util.function.@Nullable Consumer<String> log) {
        super(context, context.service(), topic.name());
        this.context = context;
        this.topic = topic;
        this.handler = handler;
        this.afterCatchingUp = afterCatchingUp;
        this.first = first;
        this.log = log;
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
        if (log != null) {
            context.topics().idOf(topic.name(), loop()::running).ifPresent(log);
        }
        Sessions.repeat(loop().name(), loop()::running, () -> {
            try (Consumer<String, byte[]> consumer = context.clients().ungrouped(topic.name())) {
                read(consumer);
            }
        });
    }

    private void read(Consumer<String, byte[]> consumer) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic.name()).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        for (TopicPartition partition : partitions) {
            Long position = positions.get(partition);
            if (position == null) {
                consumer.seekToBeginning(List.of(partition));
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
        while (loop().running()) {
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

    private void look(Consumer<String, byte[]> consumer, List<TopicPartition> partitions) {
        for (Look look : looks) {
            if (look.ends.isEmpty()) {
                look.ends.putAll(consumer.endOffsets(partitions));
            }
            if (hasRead(consumer, look.ends)) {
                look.answered = true;
                looks.remove(look);
            }
        }
    }

    private static boolean hasRead(Consumer<String, byte[]> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }
}
