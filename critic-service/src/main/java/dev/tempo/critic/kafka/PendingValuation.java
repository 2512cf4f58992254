package dev.tempo.critic.kafka;

import dev.tempo.contract.Topic;
import dev.tempo.contract.ValuedTrajectory;
import dev.tempo.critic.Valued;
import dev.tempo.messaging.LowWaterMarkHandler;
import dev.tempo.messaging.Publisher;
import dev.tempo.messaging.Received;
import dev.tempo.messaging.letters.Refusals;
import dev.tempo.timeline.OpenSpan;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
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
    /** How often a trajectory may fail alone, a second between. */
    private static final int ATTEMPTS = 3;

    private final Function<List<V>, Valued> valuation;
    private final BiFunction<V, String, ValuedTrajectory> failure;
    private final Refusals refusals;
    private final Publisher publisher;
    private final Topic<ValuedTrajectory> topic;
    private final ExecutorService again = Executors.newSingleThreadExecutor(task -> new Thread(task, "valuing"));
    private final AtomicBoolean pending = new AtomicBoolean();
    private final TreeMap<Integer, TreeMap<Long, Received<V>>> waiting = new TreeMap<>();
    private final Map<Place, Integer> failures = new HashMap<>();

    private record Place(int partition, long offset) {}

    /**
     * Makes a valuation of what one topic brings.
     *
     * @param failure the row, with a reason, that ends a trajectory whose valuation fails again and again
     */
    PendingValuation(
            Function<List<V>, Valued> valuation,
            BiFunction<V, String, ValuedTrajectory> failure,
            Refusals refusals,
            Publisher publisher,
            Topic<ValuedTrajectory> topic) {
        this.valuation = valuation;
        this.failure = failure;
        this.refusals = refusals;
        this.publisher = publisher;
        this.topic = topic;
    }

    @Override
    public synchronized Map<Integer, Long> on(List<Received<V>> received) {
        for (Received<V> message : received) {
            waiting.computeIfAbsent(message.partition(), first -> new TreeMap<>())
                    .put(message.offset(), message);
        }
        value();
        Map<Integer, Long> unfinished = new TreeMap<>();
        waiting.forEach((partition, messages) -> unfinished.put(partition, messages.firstKey()));
        return unfinished;
    }

    @Override
    public synchronized void revoked(Set<Integer> partitions) {
        waiting.keySet().removeAll(partitions);
        failures.keySet().removeIf(place -> partitions.contains(place.partition()));
    }

    /** The news that a trajectory may have been waiting for: all that wait are tried again. Returns at once. */
    void lookAgain() {
        if (pending.compareAndSet(false, true)) {
            again.execute(OpenSpan.carried(() -> {
                pending.set(false);
                try {
                    value();
                } catch (RuntimeException failed) {
                    LOG.atWarn()
                            .addKeyValue("topic", topic.name())
                            .addKeyValue("reason", failed.getMessage())
                            .log("what waits to be valued is tried again");
                }
            }));
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
        List<Received<V>> messages = waiting.values().stream()
                .flatMap(partition -> partition.values().stream())
                .toList();
        if (!messages.isEmpty()) {
            value(messages);
        }
    }

    /** Those that fail together are valued one by one, so that one that always fails takes nobody with it. */
    private void value(List<Received<V>> messages) {
        Valued valued;
        try {
            valued = valuation.apply(messages.stream().map(Received::message).toList());
        } catch (CancellationException stopping) {
            throw stopping;
        } catch (RuntimeException failed) {
            if (messages.size() == 1) {
                fail(messages.get(0), failed);
            } else {
                messages.forEach(message -> value(List.of(message)));
            }
            return;
        }
        publisher.publishAll(topic, valued.rows());
        valued.refused()
                .forEach((position, reason) -> refusals.refuse(
                        messages.get(position).partition(),
                        messages.get(position).offset(),
                        reason));
        for (int position = 0; position < messages.size(); position++) {
            if (!valued.waiting().containsKey(position)) {
                leave(messages.get(position));
            }
        }
    }

    private void fail(Received<V> message, RuntimeException reason) {
        Place place = new Place(message.partition(), message.offset());
        int failed = failures.merge(place, 1, Integer::sum);
        LOG.atWarn()
                .addKeyValue("topic", topic.name())
                .addKeyValue("partition", message.partition())
                .addKeyValue("offset", message.offset())
                .addKeyValue("failures", failed)
                .setCause(reason)
                .log("a trajectory cannot be valued");
        if (failed >= ATTEMPTS) {
            String words = "its valuation failed " + failed + " times, in the end by " + reason;
            publisher.publish(topic, failure.apply(message.message(), words));
            refusals.refuse(message.partition(), message.offset(), words);
            leave(message);
        }
    }

    private void leave(Received<V> message) {
        failures.remove(new Place(message.partition(), message.offset()));
        TreeMap<Long, Received<V>> left = waiting.get(message.partition());
        if (left != null) {
            left.remove(message.offset());
            if (left.isEmpty()) {
                waiting.remove(message.partition());
            }
        }
    }
}
