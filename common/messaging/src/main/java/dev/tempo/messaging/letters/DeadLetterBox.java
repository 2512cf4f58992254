package dev.tempo.messaging.letters;

import dev.tempo.contract.Topic;
import dev.tempo.contract.Topics;
import dev.tempo.contract.UserException;
import dev.tempo.messaging.succession.AdminQuestions;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaTemplate;

/** The dead letters of all topics. What a reader of the topics does meanwhile is not disturbed. One thread at a time. */
public final class DeadLetterBox {
    /** The header of a record that was a letter and is to be tried again, whatever the letter says. */
    static final String REPLAYED = "replayed";

    private final Admin admin;
    private final ConsumerFactory<String, byte[]> readers;
    private final KafkaTemplate<String, byte[]> writer;

    DeadLetterBox(Admin admin, ConsumerFactory<String, byte[]> readers, KafkaTemplate<String, byte[]> writer) {
        this.admin = admin;
        this.readers = readers;
        this.writer = writer;
    }

    /** The identity of the cluster whose letters these are. */
    public String cluster() {
        return answer(admin.describeCluster().clusterId());
    }

    /** The topics that have a place for dead letters on this cluster, in the order in which a round meets them. */
    public List<String> topics() {
        Set<String> present = answer(admin.listTopics().names());
        return Topics.all().stream()
                .filter(topic -> present.contains(topic.deadLetters()))
                .map(Topic::name)
                .toList();
    }

    /**
     * The number of times that a request for responses was found to have taken workers down: set apart to be tried alone, or failed. It only
     * grows; empty if the broker does not answer.
     *
     * @param patience with each of its answers
     */
    public OptionalLong suspicions(Duration patience) {
        String suspects = Topics.SUSPECT_ROLLOUT_REQUESTS.name();
        return AdminQuestions.ask(patience, questions -> {
                    List<TopicPartition> all = new ArrayList<>(questions.partitions(admin, suspects));
                    all.add(letters(suspects));
                    return questions.offsets(admin, all, OffsetSpec.latest()).values().stream()
                            .mapToLong(Long::longValue)
                            .sum();
                })
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty);
    }

    /**
     * Hands over the topic's letters, by number.
     *
     * @return the number that the topic's next letter will have
     */
    public long read(String topic, java.util.function.Consumer<DeadLetter> reader) {
        TopicPartition letters = letters(topic);
        try (Consumer<String, byte[]> consumer = readers.createConsumer(null, "dead-letters", null)) {
            return LetterReader.read(consumer, letters, record -> reader.accept(letter(topic, record)));
        } catch (org.apache.kafka.common.errors.TimeoutException silent) {
            throw new UserException("the broker does not answer: " + silent.getMessage(), silent);
        }
    }

    /**
     * Writes the letter's record, key and bytes as they were and with a header {@code replayed}, to the topic that it came from; the letter
     * stays. Returns when the broker has it.
     *
     * @throws UserException if the broker does not answer, or does not take it
     */
    public void replay(DeadLetter letter) {
        byte[] bytes = null;
        ByteBuffer source = letter.bytes();
        if (source != null) {
            bytes = new byte[source.remaining()];
            source.duplicate().get(bytes);
        }
        try {
            ProducerRecord<String, byte[]> record = new ProducerRecord<>(letter.topic(), letter.key(), bytes);
            record.headers().add(REPLAYED, Long.toString(letter.number()).getBytes(StandardCharsets.UTF_8));
            writer.send(record).get();
        } catch (ExecutionException refused) {
            throw refused(refused);
        } catch (KafkaException silent) {
            throw new UserException(
                    "the broker does not answer: "
                            + silent.getMostSpecificCause().getMessage(),
                    silent);
        } catch (InterruptedException interrupted) {
            throw interrupted();
        }
    }

    /** Deletes the topic's letters below a number; a log loses its beginning or nothing. */
    public void drop(String topic, long below) {
        answer(admin.deleteRecords(Map.of(letters(topic), RecordsToDelete.beforeOffset(below)))
                .all());
    }

    static DeadLetter letter(String topic, ConsumerRecord<String, byte[]> record) {
        Map<String, String> headers = new TreeMap<>();
        for (Header header : record.headers()) {
            if (header.value() != null) {
                headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
            }
        }
        byte[] bytes = record.value();
        return new DeadLetter(
                topic,
                record.offset(),
                Instant.ofEpochMilli(record.timestamp()),
                record.key(),
                bytes == null ? null : ByteBuffer.wrap(bytes).asReadOnlyBuffer(),
                headers);
    }

    private static TopicPartition letters(String topic) {
        return Topics.all().stream()
                .filter(known -> known.name().equals(topic))
                .map(known -> new TopicPartition(known.deadLetters(), 0))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no topic " + topic));
    }

    private static <T> T answer(KafkaFuture<T> asked) {
        try {
            return asked.get();
        } catch (ExecutionException failed) {
            throw refused(failed);
        } catch (InterruptedException interrupted) {
            throw interrupted();
        }
    }

    private static UserException refused(ExecutionException failed) {
        Throwable cause = failed.getCause();
        return new UserException("the broker does not do it: " + (cause == null ? failed : cause.getMessage()), failed);
    }

    private static UserException interrupted() {
        Thread.currentThread().interrupt();
        return new UserException("interrupted while the broker was asked");
    }
}
