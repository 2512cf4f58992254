package dev.tempo.messaging;

import java.util.List;
import java.util.Map;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.kafka.test.EmbeddedKafkaBroker;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;

/**
 * A real broker for tests, by {@code @Import(Broker.class)}: a container where Docker answers, one embedded broker per
 * JVM elsewhere. Tests of one JVM share its topics and tell their messages apart by run id.
 */
@TestConfiguration(proxyBeanMethods = false)
public class Broker {
    private static final Map<String, String> SETTINGS = Map.of(
            "offsets.topic.num.partitions", "1",
            "group.initial.rebalance.delay.ms", "0",
            "auto.create.topics.enable", "false",
            "transaction.state.log.replication.factor", "1",
            "transaction.state.log.min.isr", "1",
            "share.coordinator.state.topic.replication.factor", "1",
            "share.coordinator.state.topic.min.isr", "1",
            "share.coordinator.state.topic.num.partitions", "1",
            "log.cleaner.dedupe.buffer.size", "8388608",
            "group.share.min.record.lock.duration.ms", "1000");

    private static final boolean DOCKER = DockerClientFactory.instance().isDockerAvailable();

    /** Where the embedded broker listens, for tests without a Spring context. */
    public static String bootstrapServers() {
        return Embedded.BROKER.getBrokersAsString();
    }

    @TestConfiguration(proxyBeanMethods = false)
    @Conditional(WithDocker.class)
    static class Container {
        @Bean
        @ServiceConnection
        KafkaContainer kafka() {
            KafkaContainer kafka = new KafkaContainer("apache/kafka-native:4.2.1");
            SETTINGS.forEach((name, setting) ->
                    kafka.withEnv("KAFKA_" + name.toUpperCase(java.util.Locale.ROOT).replace('.', '_'), setting));
            return kafka;
        }
    }

    @TestConfiguration(proxyBeanMethods = false)
    @Conditional(WithoutDocker.class)
    static class Embedded {
        private static final EmbeddedKafkaBroker BROKER = start();

        private static EmbeddedKafkaBroker start() {
            EmbeddedKafkaBroker broker = new EmbeddedKafkaKraftBroker(1, 1).brokerProperties(SETTINGS);
            broker.afterPropertiesSet();
            return broker;
        }

        @Bean
        KafkaConnectionDetails embeddedBroker() {
            return () -> List.of(BROKER.getBrokersAsString().split(","));
        }
    }

    static final class WithDocker implements Condition {
        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return DOCKER;
        }
    }

    static final class WithoutDocker implements Condition {
        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return !DOCKER;
        }
    }
}
