package dev.tempo.messaging;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.ShareConsumerFactory;

/** What every service gets by having this module on its class path. */
@AutoConfiguration(after = {SpringKafkaSettings.class, KafkaAutoConfiguration.class})
class MessagingAutoConfiguration {

    @Bean
    KafkaClients kafkaClients(
            ClientSettings settings,
            ConsumerFactory<String, byte[]> consumers,
            ShareConsumerFactory<String, byte[]> workers,
            KafkaConnectionDetails connection) {
        return new KafkaClients(settings, consumers, workers, String.join(",", connection.getBootstrapServers()));
    }

    @Bean(destroyMethod = "close")
    Admin messagingAdmin(KafkaAdmin kafkaAdmin, ClientSettings settings) {
        Map<String, Object> own = new HashMap<>(kafkaAdmin.getConfigurationProperties());
        own.put(AdminClientConfig.CLIENT_ID_CONFIG, settings.clientId("admin"));
        return Admin.create(own);
    }

    @Bean(initMethod = "begin", destroyMethod = "close")
    TopicCreation topicCreation(
            KafkaAdmin kafkaAdmin, Admin messagingAdmin, KafkaClients clients, MessagingProperties properties) {
        return new TopicCreation(kafkaAdmin, messagingAdmin, clients.bootstrapServers(), properties);
    }

    @Bean
    Publisher publisher(KafkaTemplate<String, byte[]> template, TopicCreation topics) {
        return new Publisher(template, topics);
    }

    @Bean
    Bus bus(
            Environment environment,
            KafkaClients clients,
            TopicCreation topics,
            Publisher publisher,
            KafkaTemplate<String, byte[]> template,
            MeterRegistry meters,
            MessagingProperties properties) {
        String service = environment.getProperty("spring.application.name", "tempo");
        return new Bus(service, clients, topics, new DeadLetters(publisher, template, meters), properties);
    }

    @Bean
    Subscriptions subscriptions(Bus bus) {
        return new Subscriptions(bus);
    }

    @Bean
    TrainerLoops trainerLoops(Bus bus) {
        return new TrainerLoops(bus);
    }

    @Bean
    WorkQueues workQueues(Bus bus) {
        return new WorkQueues(bus);
    }

    @Bean
    BrokerHealth brokerHealthIndicator(Admin messagingAdmin, Bus bus) {
        return new BrokerHealth(messagingAdmin, bus);
    }

    @Bean
    Stopping stopping(Bus bus, TopicCreation topics, Publisher publisher, ObjectProvider<Cancellable> work) {
        return new Stopping(bus, topics, publisher, work.stream().toList());
    }
}
