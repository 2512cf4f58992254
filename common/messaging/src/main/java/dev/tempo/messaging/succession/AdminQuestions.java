package dev.tempo.messaging.succession;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/**
 * Questions to the broker by an admin client, none of which is waited for without end.
 *
 * @param patience with each answer
 */
public record AdminQuestions(Duration patience) {

    /** Several questions, each perhaps made of the answers before. */
    @FunctionalInterface
    public interface Series<T> {
        T ask(AdminQuestions questions) throws ExecutionException, TimeoutException, InterruptedException;
    }

    /** The answer, waited for as long as the patience lasts. */
    public <T> T answer(KafkaFuture<T> asked) throws ExecutionException, TimeoutException, InterruptedException {
        return asked.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What a series comes to; empty if the broker leaves one of its questions unanswered. */
    public static <T> Optional<T> ask(Duration patience, Series<T> series) {
        try {
            return Optional.of(series.ask(new AdminQuestions(patience)));
        } catch (ExecutionException | TimeoutException unanswered) {
            return Optional.empty();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** The partitions of a topic. */
    public List<TopicPartition> partitions(Admin admin, String topic)
            throws ExecutionException, TimeoutException, InterruptedException {
        return answer(admin.describeTopics(List.of(topic)).allTopicNames()).values().stream()
                .flatMap(described -> described.partitions().stream())
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
    }

    /** The offsets at which partitions begin or end at present, as the spec says, for readers of what is committed. */
    public Map<TopicPartition, Long> offsets(Admin admin, Collection<TopicPartition> partitions, OffsetSpec spec)
            throws ExecutionException, TimeoutException, InterruptedException {
        Map<TopicPartition, OffsetSpec> asked =
                partitions.stream().collect(Collectors.toMap(partition -> partition, any -> spec));
        Map<TopicPartition, Long> offsets = new HashMap<>();
        answer(admin.listOffsets(asked, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                        .all())
                .forEach((partition, offset) -> offsets.put(partition, offset.offset()));
        return offsets;
    }
}
