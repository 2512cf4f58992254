package dev.tempo.messaging;

import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.admin.Admin;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.ContextClosedEvent;
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
    @ConditionalOnProperty("tempo.messaging.stop-with-parent")
    ApplicationListener<ApplicationReadyEvent> stopWithParent() {
        return ready -> ParentWatch.start();
    }

    /** Comes before the lifecycle beans are stopped, so that none of them waits for a broker for ever. */
    @Bean
    ApplicationListener<ContextClosedEvent> hurryOnShutdown(TopicCreation topics, Publisher publisher) {
        return closed -> {
            topics.close();
            publisher.hurry();
        };
    }
}
