package dev.tempo.messaging;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The settings of messaging that an operator may change; brokers are named by {@code spring.kafka.bootstrap-servers},
 * and any client setting under {@code spring.kafka.properties} and its siblings counts.
 *
 * @param partitions of the topics that spread over replicas; fixed when a topic is first created
 * @param replication copies of every topic
 * @param attempts how often a handler is tried before a message becomes a dead letter
 * @param backoff the first pause between attempts; each further one is twice as long
 * @param sessionTimeout how soon another instance takes over from one that died
 * @param retention how long requests, trajectories, verdicts, values and dead letters are kept in topics that this service makes; null for
 *     ever. Runs, versions, answers and questions that arrived are kept either way
 * @param lock how long a worker holds a request without renewing it; null leaves it to the broker
 */
@Validated
@ConfigurationProperties("tempo.messaging")
record MessagingProperties(
        @Min(1) @DefaultValue("4") int partitions,
        @Min(1) @DefaultValue("1") short replication,
        @Min(1) @DefaultValue("5") int attempts,
        @DefaultValue("100ms") Duration backoff,
        @DefaultValue("10s") Duration sessionTimeout,
        @Nullable Duration retention,
        @Nullable Duration lock) {}
