package dev.tempo.messaging;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What an operator may change about messaging; brokers are named by {@code spring.kafka.bootstrap-servers}.
 *
 * @param partitions of the topics that spread over replicas; fixed when a topic is first created
 * @param replication copies of every topic
 */
@Validated
@ConfigurationProperties("tempo.messaging")
record MessagingProperties(
        @Min(1) @DefaultValue("4") int partitions,
        @Min(1) @DefaultValue("1") short replication) {}
