package dev.tempo.messaging;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;

/**
 * A real broker for tests, by {@code @Import(Broker.class)}: one per JVM, a container where Docker answers and an embedded
 * one elsewhere. Tests of one JVM share its topics and tell their messages apart by run id.
 */
@TestConfiguration(proxyBeanMethods = false)
public class Broker {
    private static final Map<String, String> SETTINGS = Map.ofEntries(
            Map.entry("offsets.topic.num.partitions", "1"),
            Map.entry("group.initial.rebalance.delay.ms", "0"),
            Map.entry("auto.create.topics.enable", "false"),
            Map.entry("transaction.state.log.replication.factor", "1"),
            Map.entry("transaction.state.log.min.isr", "1"),
            Map.entry("share.coordinator.state.topic.replication.factor", "1"),
            Map.entry("share.coordinator.state.topic.min.isr", "1"),
            Map.entry("share.coordinator.state.topic.num.partitions", "1"),
            Map.entry("group.share.min.record.lock.duration.ms", "1000"),
            Map.entry("group.share.min.heartbeat.interval.ms", "500"),
            Map.entry("group.share.heartbeat.interval.ms", "500"),
            Map.entry("log.cleaner.dedupe.buffer.size", "8388608"));

    /** Starts the broker if it does not run yet. */
    public static String bootstrapServers() {
        return Running.ADDRESS;
    }

    @Bean
    KafkaConnectionDetails broker() {
        return () -> List.of(bootstrapServers().split(","));
    }

    private static final class Running {
        private static final String ADDRESS =
                DockerClientFactory.instance().isDockerAvailable() ? container() : embedded();

        private static String container() {
            KafkaContainer kafka = new KafkaContainer("apache/kafka-native:4.2.1");
            SETTINGS.forEach((name, setting) ->
                    kafka.withEnv("KAFKA_" + name.toUpperCase(Locale.ROOT).replace('.', '_'), setting));
            kafka.start();
            return kafka.getBootstrapServers();
        }

        private static String embedded() {
            EmbeddedKafkaKraftBroker kafka = new EmbeddedKafkaKraftBroker(1, 1);
            kafka.brokerProperties(SETTINGS).afterPropertiesSet();
            return kafka.getBrokersAsString();
        }
    }
}
