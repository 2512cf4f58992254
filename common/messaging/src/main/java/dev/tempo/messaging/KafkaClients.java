package dev.tempo.messaging;

import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.ShareConsumerFactory;

/** The readers of this service, from Spring Kafka's factories, each client with a name of its own. */
final class KafkaClients {
    private final ClientSettings settings;
    private final ConsumerFactory<String, byte[]> consumers;
    private final ShareConsumerFactory<String, byte[]> workers;
    private final String bootstrapServers;

    KafkaClients(
            ClientSettings settings,
            ConsumerFactory<String, byte[]> consumers,
            ShareConsumerFactory<String, byte[]> workers,
            String bootstrapServers) {
        this.settings = settings;
        this.consumers = consumers;
        this.workers = workers;
        this.bootstrapServers = bootstrapServers;
    }

    /** A name for a client, unique in the JVM. */
    String clientId(String purpose) {
        return settings.clientId(purpose);
    }

    String bootstrapServers() {
        return bootstrapServers;
    }

    /** A member of a group. Its handler may take as long as it needs. */
    Consumer<String, byte[]> member(String group) {
        return consumers.createConsumer(group, settings.clientId(group), null);
    }

    /** A reader that belongs to no group. */
    Consumer<String, byte[]> ungrouped(String purpose) {
        return consumers.createConsumer(null, settings.clientId(purpose), null);
    }

    ShareConsumer<String, byte[]> worker(String group, int maxRecords) {
        return workers.createShareConsumer(
                group, settings.clientId(group), Map.of(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, maxRecords));
    }
}
