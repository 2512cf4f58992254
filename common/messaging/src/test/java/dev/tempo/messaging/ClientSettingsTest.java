package dev.tempo.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.kafka.core.ShareConsumerFactory;

/** No broker is needed: factories say what their clients would be given. */
class ClientSettingsTest {
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Service {}

    @Test
    void securityOfEveryClientIsWhatSpringKafkaSays() {
        try (ConfigurableApplicationContext service = service(
                "--spring.ssl.bundle.pem.brokers.truststore.verify-keys=false",
                "--spring.kafka.ssl.bundle=brokers",
                "--spring.kafka.security.protocol=SSL",
                "--spring.kafka.properties.ssl.endpoint.identification.algorithm=")) {
            assertThat(clients(service))
                    .hasSize(4)
                    .allSatisfy(settings -> assertThat(settings)
                            .containsEntry("security.protocol", "SSL")
                            .containsEntry("ssl.endpoint.identification.algorithm", "")
                            .containsKeys("ssl.engine.factory.class", SslBundle.class.getName()));
        }
    }

    @Test
    void ourDefaultsYieldAndWhatDeliveryRestsOnDoesNot() {
        try (ConfigurableApplicationContext service = service(
                "--spring.kafka.producer.compression-type=zstd",
                "--spring.kafka.producer.acks=1",
                "--spring.kafka.properties.reconnect.backoff.ms=70",
                "--spring.kafka.consumer.group-id=theirs",
                "--spring.kafka.consumer.enable-auto-commit=true",
                "--spring.kafka.consumer.auto-offset-reset=latest")) {
            assertThat(clients(service))
                    .allSatisfy(settings -> assertThat(settings).containsEntry("reconnect.backoff.ms", "70"));
            assertThat(service.getBean(ProducerFactory.class).getConfigurationProperties())
                    .containsEntry(ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd")
                    .containsEntry(ProducerConfig.LINGER_MS_CONFIG, 5)
                    .containsEntry(ProducerConfig.ACKS_CONFIG, "all");
            assertThat(service.getBean(ConsumerFactory.class).getConfigurationProperties())
                    .containsEntry(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false)
                    .containsEntry(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest")
                    .doesNotContainKey(ConsumerConfig.GROUP_ID_CONFIG);
            assertThat(service.getBean(ShareConsumerFactory.class).getConfigurationProperties())
                    .containsEntry(ConsumerConfig.SHARE_ACKNOWLEDGEMENT_MODE_CONFIG, "explicit")
                    .doesNotContainKeys(
                            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG);
        }
    }

    @SuppressWarnings("unchecked") // by the classes alone, the properties' types are lost
    private static List<Map<String, Object>> clients(ConfigurableApplicationContext service) {
        return Stream.of(
                        service.getBean(ProducerFactory.class).getConfigurationProperties(),
                        service.getBean(ConsumerFactory.class).getConfigurationProperties(),
                        service.getBean(ShareConsumerFactory.class).getConfigurationProperties(),
                        service.getBean(KafkaAdmin.class).getConfigurationProperties())
                .map(settings -> (Map<String, Object>) settings)
                .toList();
    }

    private static ConfigurableApplicationContext service(String... settings) {
        return new SpringApplicationBuilder(Service.class)
                .web(WebApplicationType.NONE)
                .run(Stream.concat(Stream.of("--spring.kafka.bootstrap-servers=127.0.0.1:1"), Stream.of(settings))
                        .toArray(String[]::new));
    }
}
