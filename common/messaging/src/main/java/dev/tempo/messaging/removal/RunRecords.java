package dev.tempo.messaging.removal;

import dev.tempo.contract.Run;
import dev.tempo.contract.RunState;
import dev.tempo.contract.Topic;
import dev.tempo.contract.Topics;
import dev.tempo.contract.UserException;
import dev.tempo.messaging.Wire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import tools.jackson.core.JacksonException;

/**
 * The records of runs on all topics, by their keys, which begin with the run. Questions that arrive belong to no run and are left alone. For a
 * broker that no service uses meanwhile; one thread at a time.
 */
public final class RunRecords {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final long HIGH_WATERMARK = -1;

    private final Admin admin;
    private final ConsumerFactory<String, byte[]> readers;
    private final KafkaTemplate<String, byte[]> writer;

    RunRecords(Admin admin, ConsumerFactory<String, byte[]> readers, KafkaTemplate<String, byte[]> writer) {
        this.admin = admin;
        this.readers = readers;
        this.writer = writer;
    }

    /** The runs that the topic {@code runs} knows, without those that were removed and have left records behind. */
    public Set<String> announced() {
        if (!present().contains(Topics.RUNS.name())) {
            return Set.of();
        }
        Map<String, Boolean> removed = last(
                Topics.RUNS,
                value -> run(value)
                        .map(Run::state)
                        .filter(RunState.REMOVED::equals)
                        .isPresent());
        removed.values().removeIf(gone -> gone);
        return removed.keySet();
    }

    /**
     * Deletes from each log what lies before the first record of a kept run, or before the first that has no key; erases the other keys in
     * compacted topics, last of all in {@code runs}, where a run is known, as one that is removed, until its last record is gone.
     *
     * @param kept whether a run, by its id, is kept
     * @throws UserException if the broker does not answer
     */
    public Removal remove(Predicate<String> kept) {
        Set<String> present = present();
        Map<String, Long> starts = new HashMap<>();
        Map<String, Double> shares = new HashMap<>();
        Set<String> left = new HashSet<>();
        for (String log : logs().stream().filter(present::contains).toList()) {
            for (PartitionHeld held : read(log, kept)) {
                cut(held, starts, shares);
                left.addAll(held.left);
            }
        }
        int erased = 0;
        for (Topic<?> topic : compacted().stream()
                .filter(topic -> present.contains(topic.name()))
                .toList()) {
            erased += topic.equals(Topics.RUNS) ? close(kept, left) : erase(topic, kept);
        }
        return new Removal(starts, shares, erased);
    }

    private void cut(PartitionHeld held, Map<String, Long> starts, Map<String, Double> shares) {
        TopicPartition partition = held.partition;
        Long first = held.firstKept;
        long start;
        if (first == null && held.end > 0) {
            answer(writer.send(LogCut.in(partition)));
            start = delete(partition, HIGH_WATERMARK);
        } else if (first != null && first > held.begin) {
            start = delete(partition, first);
        } else {
            start = held.begin;
        }
        starts.put(partition.toString(), start);
        if (first != null) {
            shares.put(partition.toString(), held.keptBytes / (double) Math.max(1, held.bytes));
        }
    }

    private long delete(TopicPartition partition, long before) {
        return answer(Objects.requireNonNull(
                        admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(before)))
                                .lowWatermarks()
                                .get(partition)))
                .lowWatermark();
    }

    private int erase(Topic<?> topic, Predicate<String> kept) {
        Set<String> erased = last(topic, value -> true).keySet();
        erased.removeIf(key -> kept.test(run(key)));
        write(erased.stream()
                .map(key -> new ProducerRecord<String, byte[]>(topic.name(), key, null))
                .toList());
        return erased.size();
    }

    /**
     * Says of runs that they are removed, and erases those of which no log has a record any more. Readers pass over a record without a
     * value, so that until the topic is compacted they would take the run for what it was before; and records of a run that nothing
     * announces are refused one by one.
     */
    private int close(Predicate<String> kept, Set<String> left) {
        Map<String, Optional<Run>> last = last(Topics.RUNS, value -> run(value));
        last.keySet().removeIf(kept);
        List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
        last.forEach((id, run) -> {
            run.ifPresent(known -> records.add(
                    new ProducerRecord<>(Topics.RUNS.name(), id, Wire.write(known.withState(RunState.REMOVED)))));
            if (run.isEmpty() || !left.contains(id)) {
                records.add(new ProducerRecord<>(Topics.RUNS.name(), id, null));
            }
        });
        write(records);
        return last.size();
    }

    private void write(List<ProducerRecord<String, byte[]>> records) {
        List<Future<?>> written = new ArrayList<>();
        records.forEach(record -> written.add(writer.send(record)));
        writer.flush();
        written.forEach(RunRecords::answer);
    }

    /** The run that was announced; empty of one that another version wrote. */
    private static Optional<Run> run(byte[] announced) {
        try {
            return Optional.of(Wire.read(Run.class, announced));
        } catch (JacksonException | IllegalArgumentException ofAnotherVersion) {
            return Optional.empty();
        }
    }

    /** What is made of the last values of a compacted topic, by their keys, without those that are erased. */
    private <T> Map<String, T> last(Topic<?> topic, Function<byte[], T> made) {
        Map<String, T> last = new LinkedHashMap<>();
        follow(topic.name(), record -> {
            if (record.key() != null) {
                if (record.value() == null) {
                    last.remove(record.key());
                } else {
                    last.put(record.key(), made.apply(record.value()));
                }
            }
        });
        return last;
    }

    private List<PartitionHeld> read(String topic, Predicate<String> kept) {
        Map<TopicPartition, PartitionHeld> partitionsHeld = new HashMap<>();
        follow(topic, partitionsHeld, record -> {
            PartitionHeld held = partitionsHeld.get(new TopicPartition(record.topic(), record.partition()));
            if (held != null && !LogCut.is(record)) {
                String run = record.key() == null ? null : run(record.key());
                held.add(record, run == null || kept.test(run) ? null : run);
            }
        });
        return List.copyOf(partitionsHeld.values());
    }

    private void follow(String topic, java.util.function.Consumer<ConsumerRecord<String, byte[]>> handler) {
        follow(topic, new HashMap<>(), handler);
    }

    /** Hands over what the topic holds. Its partitions are put into the partitionsHeld before that. */
    private void follow(
            String topic,
            Map<TopicPartition, PartitionHeld> partitionsHeld,
            java.util.function.Consumer<ConsumerRecord<String, byte[]>> handler) {
        try (Consumer<String, byte[]> consumer = readers.createConsumer(null, "run-records", null)) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic, PATIENCE).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions, PATIENCE);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, PATIENCE);
            begins.forEach((partition, begin) -> {
                consumer.seek(partition, begin);
                partitionsHeld.put(partition, new PartitionHeld(partition, begin, ends.getOrDefault(partition, begin)));
            });
            long progress = System.nanoTime();
            while (ends.entrySet().stream()
                    .anyMatch(end -> consumer.position(end.getKey(), PATIENCE) < end.getValue())) {
                var polled = consumer.poll(POLL);
                polled.forEach(handler);
                if (!polled.isEmpty()) {
                    progress = System.nanoTime();
                } else if (System.nanoTime() - progress > PATIENCE.toNanos()) {
                    throw new UserException("topic " + topic + " could not be read within " + PATIENCE.toSeconds()
                            + " seconds; is the broker well?");
                }
            }
        } catch (TimeoutException silent) {
            throw new UserException("the broker does not answer: " + silent.getMessage(), silent);
        }
    }

    private Set<String> present() {
        return answer(admin.listTopics().names());
    }

    private static List<String> logs() {
        List<String> logs = new ArrayList<>();
        for (Topic<?> topic : Topics.all()) {
            if (!topic.equals(Topics.ARRIVING_QUESTIONS)) {
                if (!topic.compacted()) {
                    logs.add(topic.name());
                }
                logs.add(topic.deadLetters());
            }
        }
        return logs;
    }

    private static List<Topic<?>> compacted() {
        List<Topic<?>> topics = new ArrayList<>();
        for (Topic<?> topic : Topics.all()) {
            if (topic.compacted() && !topic.equals(Topics.ARRIVING_QUESTIONS) && !topic.equals(Topics.RUNS)) {
                topics.add(topic);
            }
        }
        topics.add(Topics.RUNS);
        return topics;
    }

    private static String run(String key) {
        int end = key.indexOf('/');
        return end < 0 ? key : key.substring(0, end);
    }

    private static <T> T answer(Future<T> asked) {
        try {
            return asked.get();
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause();
            throw new UserException(
                    "the broker does not do it: " + (cause == null ? failed : cause.getMessage()), failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new UserException("interrupted while the broker was asked");
        }
    }

    private static final class PartitionHeld {
        private final TopicPartition partition;
        private final long begin;
        private final long end;
        /** The runs that are not kept, of which a record lies behind the first that is. */
        private final Set<String> left = new HashSet<>();

        private @Nullable Long firstKept;
        private long bytes;
        private long keptBytes;

        PartitionHeld(TopicPartition partition, long begin, long end) {
            this.partition = partition;
            this.begin = begin;
            this.end = end;
        }

        /** @param removed the record's run where it is not kept */
        void add(ConsumerRecord<String, byte[]> record, @Nullable String removed) {
            long size = Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize());
            bytes += size;
            if (removed == null) {
                keptBytes += size;
                if (firstKept == null) {
                    firstKept = record.offset();
                }
            } else if (firstKept != null) {
                left.add(removed);
            }
        }
    }
}
