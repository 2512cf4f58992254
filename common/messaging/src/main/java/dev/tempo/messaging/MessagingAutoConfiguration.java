package dev.tempo.messaging;

import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.admin.Admin;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** What every service gets by having this module on its class path. */
@AutoConfiguration
@EnableConfigurationProperties(MessagingProperties.class)
class MessagingAutoConfiguration {

    @Bean
    KafkaClients kafkaClients(
            Environment environment,
            KafkaProperties kafka,
            KafkaConnectionDetails connection,
            MessagingProperties properties) {
        return new KafkaClients(
                environment.getProperty("spring.application.name", "tempo"), kafka, connection, properties);
    }

    @Bean(destroyMethod = "close")
    Admin messagingAdmin(KafkaClients clients) {
        return clients.admin();
    }

    @Bean(initMethod = "begin", destroyMethod = "close")
    TopicCreation topicCreation(Admin messagingAdmin, KafkaClients clients, MessagingProperties properties) {
        return new TopicCreation(messagingAdmin, clients.bootstrapServers(), properties);
    }

    @Bean(destroyMethod = "close")
    Publisher publisher(KafkaClients clients, TopicCreation topics) {
        return new Publisher(clients.producer(), topics);
    }

    @Bean
    Bus bus(
            Environment environment,
            KafkaClients clients,
            TopicCreation topics,
            Publisher publisher,
            MeterRegistry meters,
            MessagingProperties properties) {
        String service = environment.getProperty("spring.application.name", "tempo");
        return new Bus(service, clients, topics, new DeadLetters(publisher, meters), properties);
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
