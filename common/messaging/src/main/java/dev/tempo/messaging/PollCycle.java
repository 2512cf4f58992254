package dev.tempo.messaging;

import dev.tempo.contract.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/**
 * The cycle that a subscription with a loop of its own repeats: poll, decode, hand over. While messages wait for their
 * next attempt the partitions are paused and polling goes on, so that the group sees this member alive.
 */
final class PollCycle<V> {
    private static final Duration IDLE = Duration.ofMillis(200);

    private final ReaderContext context;
    private final Topic<V> topic;
    private final String reader;
    private final boolean oneByOne;
    private final Consumer<String, byte[]> consumer;
    private final Delivery<V> delivery;
    private final Delivery.LongWait wait;
    private final Map<TopicPartition, Long> ends = new HashMap<>();
    private long nextAttempt = System.nanoTime();

    PollCycle(
            ReaderContext context,
            Topic<V> topic,
            String reader,
            boolean oneByOne,
            Consumer<String, byte[]> consumer,
            java.util.function.Consumer<List<Incoming<V>>> handler) {
        this.context = context;
        this.topic = topic;
        this.reader = reader;
        this.oneByOne = oneByOne;
        this.consumer = consumer;
        this.wait = new Delivery.LongWait(reader, topic);
        this.delivery = new Delivery<>(
                handler,
                (message, reason) -> context.deadLetters().add(message.record(), reader, reason),
                context.properties().attempts(),
                context.properties().backoff());
    }

    /** Polls once and hands over what is due; true when nothing taken so far is unfinished. */
    boolean step(BooleanSupplier running) {
        ConsumerRecords<String, byte[]> polled = consumer.poll(patience());
        if (!polled.isEmpty() || !delivery.isFinished()) {
            context.take(topic, polled.count()).run(() -> {
                take(polled);
                attempt(running);
            });
        }
        if (delivery.isFinished()) {
            consumer.resume(consumer.paused());
            return true;
        }
        consumer.pause(consumer.assignment());
        return false;
    }

    /** The next offset of every partition of which something was taken since the last call; once finished. */
    Map<TopicPartition, Long> takeEnds() {
        Map<TopicPartition, Long> taken = Map.copyOf(ends);
        ends.clear();
        return taken;
    }

    void assigned(Collection<TopicPartition> partitions) {
        if (!delivery.isFinished()) {
            consumer.pause(partitions);
        }
    }

    void drop(Collection<TopicPartition> partitions) {
        delivery.drop(partitions);
        ends.keySet().removeAll(partitions);
    }

    private void attempt(BooleanSupplier running) {
        while (!delivery.isFinished() && running.getAsBoolean() && nextAttempt - System.nanoTime() <= 0) {
            Duration pause = delivery.attempt();
            nextAttempt = System.nanoTime() + pause.toNanos();
            wait.on(delivery.waitingFor());
        }
    }

    private void take(ConsumerRecords<String, byte[]> polled) {
        List<Incoming<V>> messages = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : polled) {
            ends.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
            Incoming<V> message = Incoming.decode(topic, record, reader, context.deadLetters());
            if (message != null) {
                messages.add(message);
            }
        }
        if (oneByOne) {
            messages.forEach(message -> delivery.add(List.of(message)));
        } else {
            delivery.add(messages);
        }
    }

    private Duration patience() {
        if (delivery.isFinished()) {
            return IDLE;
        }
        Duration left = Duration.ofNanos(Math.max(0, nextAttempt - System.nanoTime()));
        return left.compareTo(IDLE) < 0 ? left : IDLE;
    }
}
