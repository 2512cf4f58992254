package dev.tempo.messaging;

import dev.tempo.contract.Topics;
import dev.tempo.messaging.succession.AdminQuestions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigsOptions;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.config.TopicBuilder;
import org.springframework.kafka.core.KafkaAdmin;

/**
 * The creation of every topic before anybody reads or writes, which waits for the broker if need be. Data stays for
 * ever unless a retention is set: a paused run resumes from its topics. A topic that exists is left as it is.
 */
final class TopicCreation {
    private static final Logger LOG = LoggerFactory.getLogger(TopicCreation.class);
    private static final int PATIENCE_MILLIS = 5_000;
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final KafkaAdmin kafkaAdmin;
    private final Admin admin;
    private final String brokers;
    private final MessagingProperties properties;
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile boolean created;
    private volatile boolean closing;

    TopicCreation(KafkaAdmin kafkaAdmin, Admin admin, String brokers, MessagingProperties properties) {
        this.kafkaAdmin = kafkaAdmin;
        this.admin = admin;
        this.brokers = brokers;
        this.properties = properties;
    }

    void begin() {
        Thread thread = new Thread(this::createUntilDone, "tempo-topics");
        thread.setDaemon(true);
        thread.start();
    }

    /** Ends every wait: the service stops. */
    void close() {
        closing = true;
        done.countDown();
    }

    boolean created() {
        return created;
    }

    /** Waits until all topics exist; false when the service stops before that. */
    boolean await() {
        try {
            done.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return created;
    }

    /**
     * Lets the share group begin with what is there already; Kafka's default is to skip it. Waits for the broker.
     *
     * @return false when told to stop before that
     */
    boolean shareFromTheBeginning(String group, BooleanSupplier running) {
        List<AlterConfigOp> settings = new ArrayList<>();
        settings.add(set("share.auto.offset.reset", "earliest"));
        Duration lock = properties.lock();
        if (lock != null) {
            settings.add(set("share.record.lock.duration.ms", String.valueOf(lock.toMillis())));
        }
        return untilAnswered("the settings of group " + group, running, () -> {
                    admin.incrementalAlterConfigs(
                                    Map.of(new ConfigResource(ConfigResource.Type.GROUP, group), settings),
                                    new AlterConfigsOptions().timeoutMs(PATIENCE_MILLIS))
                            .all()
                            .get();
                    return group;
                })
                .isPresent();
    }

    /**
     * The id that Kafka gave a topic when it was made. Waits for the broker.
     *
     * @return empty when told to stop before that
     */
    Optional<String> idOf(String topic, BooleanSupplier running) {
        return untilAnswered("the id of topic " + topic, running, () -> id(topic, PATIENCE_MILLIS));
    }

    /** The id that a topic has at present; empty where the broker does not answer at once, or has no such topic. */
    Optional<String> idNow(String topic) {
        return AdminQuestions.ask(LOOK, questions -> id(topic, Math.toIntExact(LOOK.toMillis())));
    }

    /** The ends of partitions at present, up to which their readers can read; empty where the broker does not answer at once. */
    Optional<Map<TopicPartition, Long>> endsNow(Collection<TopicPartition> partitions) {
        return AdminQuestions.ask(LOOK, questions -> questions.offsets(admin, partitions, OffsetSpec.latest()));
    }

    private String id(String topic, int millis) throws ExecutionException, InterruptedException {
        TopicDescription described = admin.describeTopics(List.of(topic), new DescribeTopicsOptions().timeoutMs(millis))
                .allTopicNames()
                .get()
                .get(topic);
        return Objects.requireNonNull(described).topicId().toString();
    }

    private interface Question<T> {
        T ask() throws ExecutionException, InterruptedException;
    }

    /** Asks the broker until it answers; empty when told to stop before that. */
    private <T> Optional<T> untilAnswered(String what, BooleanSupplier running, Question<T> question) {
        while (running.getAsBoolean() && !closing) {
            try {
                return Optional.of(question.ask());
            } catch (ExecutionException e) {
                LOG.atWarn()
                        .addKeyValue("brokers", brokers)
                        .addKeyValue("awaited", what)
                        .addKeyValue("reason", reason(e))
                        .log("waiting for Kafka to answer");
                pause();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static AlterConfigOp set(String name, String setting) {
        return new AlterConfigOp(new ConfigEntry(name, setting), AlterConfigOp.OpType.SET);
    }

    private void createUntilDone() {
        boolean waited = false;
        while (!closing) {
            try {
                if (createMissing()) {
                    if (waited) {
                        LOG.atInfo().addKeyValue("brokers", brokers).log("Kafka answers, all topics exist");
                    }
                    created = true;
                    done.countDown();
                    return;
                }
                TimeUnit.MILLISECONDS.sleep(20);
            } catch (ExecutionException | KafkaException e) {
                waited = true;
                LOG.atWarn()
                        .addKeyValue("brokers", brokers)
                        .addKeyValue("reason", reason(e))
                        .log("waiting for Kafka to create the topics");
                pause();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /**
     * Whether none is missing any more. Spring's admin is shown the missing ones alone: to one that exists it would add
     * partitions where more are wanted now, and a key's messages would go on in another partition.
     */
    private boolean createMissing() throws ExecutionException, InterruptedException {
        Set<String> present = admin.listTopics(new ListTopicsOptions().timeoutMs(PATIENCE_MILLIS))
                .names()
                .get();
        NewTopic[] missing =
                wanted().filter(topic -> !present.contains(topic.name())).toArray(NewTopic[]::new);
        if (missing.length > 0) {
            kafkaAdmin.createOrModifyTopics(missing);
        }
        return missing.length == 0;
    }

    private Stream<NewTopic> wanted() {
        return Topics.all().stream()
                .flatMap(topic -> Stream.of(
                        topic(topic.name(), topic.spread() ? properties.partitions() : 1)
                                .configs(settings(topic.compacted(), ClientSettings.MAX_RECORD))
                                .build(),
                        topic(topic.deadLetters(), 1)
                                .configs(settings(false, ClientSettings.MAX_RECORD + (1 << 20)))
                                .build()));
    }

    private TopicBuilder topic(String name, int partitions) {
        return TopicBuilder.name(name).partitions(partitions).replicas(properties.replication());
    }

    private Map<String, String> settings(boolean compacted, int maxMessage) {
        Duration retention = properties.retention();
        return Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG,
                compacted ? TopicConfig.CLEANUP_POLICY_COMPACT : TopicConfig.CLEANUP_POLICY_DELETE,
                TopicConfig.RETENTION_MS_CONFIG,
                compacted || retention == null ? "-1" : String.valueOf(retention.toMillis()),
                TopicConfig.RETENTION_BYTES_CONFIG,
                "-1",
                TopicConfig.COMPRESSION_TYPE_CONFIG,
                "lz4",
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                String.valueOf(maxMessage));
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(500);
        } catch (InterruptedException e) {
            closing = true;
        }
    }

    private static String reason(Exception e) {
        Throwable cause = e.getCause();
        return cause == null ? e.toString() : cause.toString();
    }
}
