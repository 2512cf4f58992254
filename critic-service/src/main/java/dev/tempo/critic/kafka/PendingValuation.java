package dev.tempo.critic.kafka;

import dev.tempo.contract.Topic;
import dev.tempo.contract.ValuedTrajectory;
import dev.tempo.critic.Valued;
import dev.tempo.messaging.LowWaterMarkHandler;
import dev.tempo.messaging.Publisher;
import dev.tempo.messaging.Received;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The valuation of trajectories as soon as each can be valued. What has to wait (for its round's critic version) does not hold
 * up other runs: it is kept here, and offsets past it are not committed.
 *
 * @param <V> a trajectory, or a judged one
 */
final class PendingValuation<V> implements LowWaterMarkHandler<V>, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PendingValuation.class);

    private final Function<List<V>, Valued> valuation;
    private final Publisher publisher;
    private final Topic<ValuedTrajectory> topic;
    private final ExecutorService again = Executors.newSingleThreadExecutor(task -> new Thread(task, "valuing"));
    private final AtomicBoolean pending = new AtomicBoolean();
    private final TreeMap<Integer, TreeMap<Long, V>> waiting = new TreeMap<>();

    PendingValuation(Function<List<V>, Valued> valuation, Publisher publisher, Topic<ValuedTrajectory> topic) {
        this.valuation = valuation;
        this.publisher = publisher;
        this.topic = topic;
    }

    @Override
    public synchronized Map<Integer, Long> on(List<Received<V>> received) {
        for (Received<V> message : received) {
            waiting.computeIfAbsent(message.partition(), first -> new TreeMap<>())
                    .put(message.offset(), message.message());
        }
        value();
        Map<Integer, Long> unfinished = new TreeMap<>();
        waiting.forEach((partition, messages) -> unfinished.put(partition, messages.firstKey()));
        return unfinished;
    }

    @Override
    public synchronized void revoked(Set<Integer> partitions) {
        waiting.keySet().removeAll(partitions);
    }

    /** The news that a trajectory may have been waiting for: all that wait are tried again. Returns at once. */
    void lookAgain() {
        if (pending.compareAndSet(false, true)) {
            again.execute(() -> {
                pending.set(false);
                try {
                    value();
                } catch (RuntimeException failed) {
                    LOG.atWarn()
                            .addKeyValue("topic", topic.name())
                            .addKeyValue("reason", failed.getMessage())
                            .log("what waits to be valued is tried again");
                }
            });
        }
    }

    /** The end: it waits for the computation at hand. */
    @Override
    public void close() throws InterruptedException {
        again.shutdown();
        if (!again.awaitTermination(1, TimeUnit.MINUTES)) {
            LOG.atWarn().addKeyValue("topic", topic.name()).log("a valuation takes longer than a minute to stop");
        }
    }

    private synchronized void value() {
        List<Received<V>> messages = waiting.entrySet().stream()
                .flatMap(partition -> partition.getValue().entrySet().stream()
                        .map(message -> new Received<>(message.getValue(), partition.getKey(), message.getKey())))
                .toList();
        if (messages.isEmpty()) {
            return;
        }
        Valued valued = valuation.apply(messages.stream().map(Received::message).toList());
        publisher.publishAll(topic, valued.rows());
        waiting.clear();
        valued.waiting().keySet().stream()
                .map(messages::get)
                .forEach(message -> waiting.computeIfAbsent(message.partition(), first -> new TreeMap<>())
                        .put(message.offset(), message.message()));
    }
}
