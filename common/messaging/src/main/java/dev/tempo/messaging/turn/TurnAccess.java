package dev.tempo.messaging.turn;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.kafka.core.ProducerFactory;

/** The way to turns for whoever asks for it, by the settings that every writer has. */
@AutoConfiguration(after = KafkaAutoConfiguration.class)
class TurnAccess {

    @Bean
    @Lazy
    Turns turns(ProducerFactory<String, byte[]> producers) {
        return new Turns(producers);
    }
}
