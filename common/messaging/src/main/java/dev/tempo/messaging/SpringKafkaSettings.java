package dev.tempo.messaging;

import io.micrometer.core.instrument.config.MeterFilter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.DefaultKafkaConsumerFactoryCustomizer;
import org.springframework.boot.kafka.autoconfigure.DefaultKafkaProducerFactoryCustomizer;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.DefaultShareConsumerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.ShareConsumerFactory;
import org.springframework.kafka.support.ProducerListener;

/** The factories of Spring Kafka as this service uses them. */
@AutoConfiguration(before = KafkaAutoConfiguration.class)
@EnableConfigurationProperties(MessagingProperties.class)
class SpringKafkaSettings {

    @Bean
    ClientSettings clientSettings(Environment environment, MessagingProperties properties) {
        return new ClientSettings(environment.getProperty("spring.application.name", "tempo"), properties);
    }

    @Bean
    @SuppressWarnings("unchecked") // Spring Boot declares its factory's types as unknown; the settings name them
    DefaultKafkaProducerFactoryCustomizer producerSettings(ClientSettings settings) {
        return factory -> settings.applyTo((DefaultKafkaProducerFactory<String, byte[]>) factory);
    }

    @Bean
    @SuppressWarnings("unchecked") // Spring Boot declares its factory's types as unknown; the settings name them
    DefaultKafkaConsumerFactoryCustomizer consumerSettings(ClientSettings settings) {
        return factory -> settings.applyTo((DefaultKafkaConsumerFactory<String, byte[]>) factory);
    }

    @Bean
    ShareConsumerFactory<String, byte[]> shareConsumerFactory(
            ClientSettings settings, ConsumerFactory<String, byte[]> consumers) {
        return new DefaultShareConsumerFactory<>(
                settings.ofWorkers(consumers.getConfigurationProperties()),
                consumers::getKeyDeserializer,
                consumers::getValueDeserializer);
    }

    /**
     * The admin, which creates topics when {@link TopicCreation} says so: at the start of a context it would make a
     * service wait for Kafka.
     */
    @Bean
    KafkaAdmin kafkaAdmin(ClientSettings settings, KafkaProperties kafka, KafkaConnectionDetails connection) {
        KafkaAdmin admin = new KafkaAdmin(settings.ofAdmins(kafka, connection.getAdmin()));
        admin.setAutoCreate(false);
        return admin;
    }

    /**
     * A listener that says nothing: Spring's own would log each message that is not acknowledged, with its content; the
     * publisher reports.
     */
    @Bean
    ProducerListener<Object, Object> kafkaProducerListener() {
        return new ProducerListener<>() {};
    }

    /** Kafka's clients count hundreds of things each; they are served where somebody asks for them. */
    @Bean
    MeterFilter kafkaClientMetersOnRequest(Environment environment) {
        boolean wanted = environment.getProperty("management.metrics.enable.kafka", Boolean.class, false);
        return MeterFilter.deny(meter -> !wanted && meter.getName().startsWith("kafka."));
    }
}
