package dev.tempo.messaging.removal;

import org.apache.kafka.clients.admin.Admin;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaTemplate;

/** The way to the records of runs for whoever asks for it, by the clients and settings that readers have. */
@AutoConfiguration(after = KafkaAutoConfiguration.class)
class RunRecordAccess {

    @Bean
    @Lazy
    RunRecords runRecords(
            Admin admin, ConsumerFactory<String, byte[]> consumers, KafkaTemplate<String, byte[]> template) {
        return new RunRecords(admin, consumers, template);
    }
}
