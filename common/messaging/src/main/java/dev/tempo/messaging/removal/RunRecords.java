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

    /** The runs that the topic {@code runs} knows. */
    public Set<String> announced() {
        return present().contains(Topics.RUNS.name()) ? keys(Topics.RUNS) : Set.of();
    }

    /**
     * Deletes from each log what lies before the first record of a kept run, or before the first that has no key; erases the other keys in
     * compacted topics, last of all in {@code runs}, so that a run is known until its last record is gone.
     *
     * @param kept whether a run, by its id, is kept
     * @throws UserException if the broker does not answer
     */
    public Removal remove(Predicate<String> kept) {
        Set<String> present = present();
        Map<String, Long> starts = new HashMap<>();
        Map<String, Double> shares = new HashMap<>();
        for (String log : logs().stream().filter(present::contains).toList()) {
            for (PartitionHeld held : read(log, kept)) {
                cut(held, starts, shares);
            }
        }
        int erased = 0;
        for (Topic<?> topic : compacted().stream()
                .filter(topic -> present.contains(topic.name()))
                .toList()) {
            erased += erase(topic, kept);
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
        List<Future<?>> written = new ArrayList<>();
        Map<String, Optional<byte[]>> last =
                last(topic, value -> topic.equals(Topics.RUNS) ? over(value) : Optional.empty());
        last.keySet().removeIf(key -> kept.test(run(key)));
        last.forEach((key, over) -> {
            over.ifPresent(value -> written.add(writer.send(new ProducerRecord<>(topic.name(), key, value))));
            written.add(writer.send(new ProducerRecord<>(topic.name(), key, null)));
        });
        writer.flush();
        written.forEach(RunRecords::answer);
        return last.size();
    }

    /**
     * The run as one that is over: readers pass over a record without a value, and until the topic is compacted they would take the run for
     * what it was before. Empty of one that another version wrote.
     */
    private static Optional<byte[]> over(byte[] announced) {
        try {
            return Optional.of(Wire.write(Wire.read(Run.class, announced).withState(RunState.FINISHED)));
        } catch (JacksonException | IllegalArgumentException ofAnotherVersion) {
            return Optional.empty();
        }
    }

    /** The keys of a compacted topic that have a value. */
    private Set<String> keys(Topic<?> topic) {
        return last(topic, value -> true).keySet();
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
                held.add(record, record.key() == null || kept.test(run(record.key())));
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
        private @Nullable Long firstKept;
        private long bytes;
        private long keptBytes;

        PartitionHeld(TopicPartition partition, long begin, long end) {
            this.partition = partition;
            this.begin = begin;
            this.end = end;
        }

        void add(ConsumerRecord<String, byte[]> record, boolean kept) {
            long size = Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize());
            bytes += size;
            if (kept) {
                keptBytes += size;
                if (firstKept == null) {
                    firstKept = record.offset();
                }
            }
        }
    }
}
