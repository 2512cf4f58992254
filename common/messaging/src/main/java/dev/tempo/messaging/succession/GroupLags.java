package dev.tempo.messaging.succession;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.SharePartitionOffsetInfo;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * The lags of all groups: records that are written and that a group has not finished, whether it has members or not. A trainer's
 * group has none, since its place is noted in its checkpoint and not in the broker.
 */
public final class GroupLags {
    private final Admin admin;

    public GroupLags(Admin admin) {
        this.admin = admin;
    }

    /** The number of records by which a group is behind on a topic. */
    public record Lag(String group, String topic, long behind) {}

    /**
     * The lags of every group on every topic that it reads, by name, those of none included; empty if the broker does not answer.
     *
     * @param patience with each of the broker's answers
     */
    public Optional<List<Lag>> all(Duration patience) {
        return AdminQuestions.ask(patience, questions -> {
            Collection<GroupListing> groups =
                    questions.answer(admin.listGroups().all());
            List<Lag> lags = new ArrayList<>();
            addReaders(questions, GroupMembers.named(groups, false), lags);
            addWorkers(questions, GroupMembers.named(groups, true), lags);
            return List.copyOf(lags);
        });
    }

    /**
     * Whether a topic holds records that a group of workers has not finished; all of them where no worker has looked at it yet. Empty if
     * the broker does not answer.
     *
     * @param patience with each of the broker's answers
     */
    public Optional<Boolean> areWorkersBehind(String group, String topic, Duration patience) {
        return AdminQuestions.ask(patience, questions -> {
            Map<TopicPartition, SharePartitionOffsetInfo> finished =
                    questions.answer(admin.listShareGroupOffsets(Map.of(group, new ListShareGroupOffsetsSpec()))
                            .partitionsToOffsetInfo(group));
            List<TopicPartition> partitions = questions.partitions(admin, topic);
            Map<TopicPartition, Long> ends = questions.offsets(admin, partitions, OffsetSpec.latest());
            Map<TopicPartition, Long> begins = questions.offsets(admin, partitions, OffsetSpec.earliest());
            return partitions.stream().anyMatch(partition -> {
                SharePartitionOffsetInfo looked = finished.get(partition);
                long written = ends.getOrDefault(partition, 0L) - begins.getOrDefault(partition, 0L);
                return (looked == null ? written : looked.lag().orElse(written)) > 0;
            });
        });
    }

    private void addReaders(AdminQuestions questions, List<String> groups, List<Lag> lags)
            throws ExecutionException, TimeoutException, InterruptedException {
        Map<String, Map<TopicPartition, OffsetAndMetadata>> finished =
                questions.answer(admin.listConsumerGroupOffsets(groups.stream()
                                .collect(Collectors.toMap(group -> group, group -> new ListConsumerGroupOffsetsSpec())))
                        .all());
        Set<TopicPartition> read = new HashSet<>();
        finished.values().forEach(offsets -> read.addAll(offsets.keySet()));
        Map<TopicPartition, Long> ends = questions.offsets(admin, read, OffsetSpec.latest());
        new TreeMap<>(finished).forEach((group, offsets) -> {
            Map<String, Long> behind = new TreeMap<>();
            offsets.forEach((part, offset) -> {
                Long end = ends.get(part);
                if (offset != null && end != null) {
                    behind.merge(part.topic(), Math.max(0, end - offset.offset()), Long::sum);
                }
            });
            add(group, behind, lags);
        });
    }

    /** The broker reckons those of workers itself, which finish records out of order. */
    private void addWorkers(AdminQuestions questions, List<String> groups, List<Lag> lags)
            throws ExecutionException, TimeoutException, InterruptedException {
        Map<String, Map<TopicPartition, SharePartitionOffsetInfo>> finished =
                questions.answer(admin.listShareGroupOffsets(groups.stream()
                                .collect(Collectors.toMap(group -> group, group -> new ListShareGroupOffsetsSpec())))
                        .all());
        new TreeMap<>(finished).forEach((group, offsets) -> {
            Map<String, Long> behind = new TreeMap<>();
            offsets.forEach((part, offset) -> {
                if (offset != null) {
                    offset.lag().ifPresent(lag -> behind.merge(part.topic(), lag, Long::sum));
                }
            });
            add(group, behind, lags);
        });
    }

    private static void add(String group, Map<String, Long> behind, List<Lag> lags) {
        behind.forEach((topic, records) -> lags.add(new Lag(group, topic, records)));
    }
}
