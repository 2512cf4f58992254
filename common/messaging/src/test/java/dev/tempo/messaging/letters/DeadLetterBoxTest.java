package dev.tempo.messaging.letters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempo.contract.Topics;
import dev.tempo.contract.UserException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;

class DeadLetterBoxTest {
    private static final int NOBODY_LISTENS = 1;

    @Test
    void aLetterThatABrokerWhichIsGoneCannotTakeIsRefusedInWords() {
        Map<String, Object> settings = new HashMap<>();
        settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:" + NOBODY_LISTENS);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 200L);
        // what is pending is waited for when the client closes
        settings.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, 500);
        settings.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, 1_000);
        DefaultKafkaProducerFactory<String, byte[]> writers =
                new DefaultKafkaProducerFactory<>(settings, new StringSerializer(), new ByteArraySerializer());
        try (Admin admin = Admin.create(settings)) {
            DeadLetterBox letters = new DeadLetterBox(
                    admin,
                    new DefaultKafkaConsumerFactory<>(settings, new StringDeserializer(), new ByteArrayDeserializer()),
                    new KafkaTemplate<>(writers));

            assertThatThrownBy(() ->
                            letters.replay(new DeadLetter(Topics.RUNS.name(), 0, Instant.EPOCH, "key", null, Map.of())))
                    .isInstanceOf(UserException.class)
                    .hasMessageStartingWith("the broker does not answer: ")
                    .hasMessageContaining("200 ms");
            assertThat(letters.suspicions(Duration.ofMillis(100))).isEmpty();
        } finally {
            writers.destroy();
        }
    }
}
