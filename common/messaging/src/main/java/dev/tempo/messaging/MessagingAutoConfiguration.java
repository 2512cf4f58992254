package dev.tempo.messaging;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** What every service gets by having this module on its class path. */
@AutoConfiguration
@EnableConfigurationProperties(MessagingProperties.class)
class MessagingAutoConfiguration {
    @Bean
    Publisher publisher() {
        return new Publisher();
    }

    @Bean
    Subscriptions subscriptions() {
        return new Subscriptions();
    }

    @Bean
    TrainerLoops trainerLoops() {
        return new TrainerLoops();
    }

    @Bean
    WorkQueues workQueues() {
        return new WorkQueues();
    }
}
