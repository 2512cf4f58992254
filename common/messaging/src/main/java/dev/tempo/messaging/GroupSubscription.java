package dev.tempo.messaging;

import dev.tempo.contract.Topic;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One member of a consumer group whose handler says how far it has finished; nothing beyond that is committed. Not a
 * container of Spring Kafka's: its error handler commits the records before one that failed, finished or not.
 */
final class GroupSubscription<V> extends Subscription {
    private static final Logger LOG = LoggerFactory.getLogger(GroupSubscription.class);

    private final ReaderContext context;
    private final String group;
    private final Topic<V> topic;
    private final LowWaterMarkHandler<V> handler;

    GroupSubscription(ReaderContext context, String group, Topic<V> topic, LowWaterMarkHandler<V> handler) {
        super(context, group, topic.name());
        this.context = context;
        this.group = group;
        this.topic = topic;
        this.handler = handler;
    }

    @Override
    void read() {
        Sessions.repeat(loop().name(), loop()::running, () -> {
            try (Consumer<String, byte[]> consumer = context.clients().member(group)) {
                new Membership(consumer).read();
            }
        });
    }

    private final class Membership implements ConsumerRebalanceListener {
        private final Consumer<String, byte[]> consumer;
        private final PollCycle<V> cycle;
        private final Map<TopicPartition, Long> finished = new HashMap<>();
        private final Map<TopicPartition, Long> committed = new HashMap<>();
        private Map<Integer, Long> lowWaterMarks = Map.of();

        Membership(Consumer<String, byte[]> consumer) {
            this.consumer = consumer;
            this.cycle = new PollCycle<>(
                    context,
                    topic,
                    group,
                    false,
                    consumer,
                    messages -> lowWaterMarks =
                            handler.on(messages.stream().map(Incoming::received).toList()));
        }

        void read() {
            consumer.subscribe(List.of(topic.name()), this);
            while (loop().running()) {
                if (cycle.step(loop()::running)) {
                    finished.putAll(cycle.takeEnds());
                    commit();
                }
            }
        }

        /** What cannot be committed now is committed later, or comes again: both are harmless. */
        private void commit() {
            Map<TopicPartition, Long> due = new HashMap<>();
            finished.forEach((partition, end) -> {
                long bounded = Math.min(end, lowWaterMarks.getOrDefault(partition.partition(), Long.MAX_VALUE));
                if (!Objects.equals(committed.get(partition), bounded)) {
                    due.put(partition, bounded);
                }
            });
            if (due.isEmpty()) {
                return;
            }
            try {
                consumer.commitSync(due.entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, end -> new OffsetAndMetadata(end.getValue()))));
                committed.putAll(due);
            } catch (CommitFailedException | RebalanceInProgressException | RetriableException e) {
                LOG.atDebug()
                        .addKeyValue("reader", loop().name())
                        .addKeyValue("offsets", due.toString())
                        .setCause(e)
                        .log("could not commit now");
            }
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            cycle.assigned(partitions);
            catchUp();
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            commit();
            onPartitionsLost(partitions);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            cycle.drop(partitions);
            finished.keySet().removeAll(partitions);
            committed.keySet().removeAll(partitions);
            Set<Integer> lost =
                    partitions.stream().map(TopicPartition::partition).collect(Collectors.toUnmodifiableSet());
            lowWaterMarks = lowWaterMarks.entrySet().stream()
                    .filter(mark -> !lost.contains(mark.getKey()))
                    .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
            if (!lost.isEmpty()) {
                handler.revoked(lost);
            }
        }
    }
}
