package dev.tempo.messaging.letters;

import org.apache.kafka.clients.admin.Admin;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaTemplate;

/** The way to the dead letters for whoever asks for it, by the clients and settings that the other readers have. */
@AutoConfiguration(after = KafkaAutoConfiguration.class)
class DeadLetterAccess {

    @Bean
    @Lazy
    DeadLetterBox deadLetterBox(
            Admin admin, ConsumerFactory<String, byte[]> consumers, KafkaTemplate<String, byte[]> template) {
        return new DeadLetterBox(admin, consumers, template);
    }
}
