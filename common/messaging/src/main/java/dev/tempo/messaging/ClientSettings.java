package dev.tempo.messaging;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.boot.kafka.autoconfigure.SslBundleSslEngineFactory;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;

/**
 * The settings of this service's Kafka clients, in three layers: ours for low latency, over them what {@code spring.kafka}
 * says, over those the few that the delivery guarantees rest on. The middle layer with its security settings is in Spring
 * Boot's factories already; this puts the other two beneath and above it. Values stay bytes, so that what cannot be decoded
 * can still be moved to the dead letters.
 */
final class ClientSettings {
    /** The longest message in bytes; the paper's longest responses need a seventh of it. Longer ones are dead letters, read by nobody. */
    static final int MAX_MESSAGE = 4 << 20;

    /** The longest record of a topic in bytes. */
    static final int MAX_RECORD = 16 << 20;

    private static final int CLOSE_SECONDS = 3;
    private static final int ADMIN_PATIENCE_MILLIS = 5_000;

    private static final List<String> NOT_FOR_SHARE_GROUPS = List.of(
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            ConsumerConfig.GROUP_INSTANCE_ID_CONFIG,
            ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
            ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG,
            ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
            ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
            ConsumerConfig.GROUP_PROTOCOL_CONFIG,
            ConsumerConfig.GROUP_REMOTE_ASSIGNOR_CONFIG);

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final String service;
    private final MessagingProperties messaging;

    ClientSettings(String service, MessagingProperties messaging) {
        this.service = service;
        this.messaging = messaging;
    }

    /** The name of this service. */
    String service() {
        return service;
    }

    /** A name for a client, unique in the JVM, where several services may live. */
    String clientId(String purpose) {
        return service + "-" + purpose + "-" + COUNT.incrementAndGet();
    }

    void applyTo(DefaultKafkaProducerFactory<String, byte[]> factory) {
        Map<String, Object> defaults = reconnecting();
        defaults.put(ProducerConfig.CLIENT_ID_CONFIG, clientId("publisher"));
        // long enough that messages published together arrive together, in all partitions
        defaults.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        defaults.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 << 10);
        defaults.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        defaults.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        defaults.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000);
        defaults.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000L);
        defaults.keySet().removeAll(factory.getConfigurationProperties().keySet());
        factory.updateConfigs(defaults);
        factory.updateConfigs(Map.of(
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true,
                // with more, a partition that is not ready yet can refuse a batch and take the next: out of order
                ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
                1,
                // headroom, so that a record at the limit still fits in its dead letter
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                MAX_RECORD + (1 << 20)));
        factory.setKeySerializerSupplier(StringSerializer::new);
        factory.setValueSerializerSupplier(ByteArraySerializer::new);
        factory.setPhysicalCloseTimeout(CLOSE_SECONDS);
    }

    /**
     * Gives the factory the settings of consumers, members of groups or not. A background thread tells the broker that
     * a member lives.
     */
    void applyTo(DefaultKafkaConsumerFactory<String, byte[]> factory) {
        Map<String, Object> defaults = reconnecting();
        defaults.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1);
        // what comes is answered at once; the answers that nothing came cost a tenth of a core at Kafka's half second
        defaults.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 1_000);
        defaults.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        defaults.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 15_000);
        defaults.keySet().removeAll(factory.getConfigurationProperties().keySet());
        factory.updateConfigs(defaults);
        int session = Math.toIntExact(messaging.sessionTimeout().toMillis());
        factory.updateConfigs(Map.of(
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                false,
                // what a process wrote that died in its turn at writing is read by nobody
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
                session,
                ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
                session / 4,
                ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG,
                Integer.MAX_VALUE,
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                CooperativeStickyAssignor.class.getName()));
        // every group has its own name, and who reads everything belongs to none
        factory.removeConfig(ConsumerConfig.GROUP_ID_CONFIG);
        factory.setKeyDeserializerSupplier(StringDeserializer::new);
        factory.setValueDeserializerSupplier(ByteArrayDeserializer::new);
    }

    /** The settings of the workers of share groups, from the settings of all other readers. */
    Map<String, Object> ofWorkers(Map<String, Object> reading) {
        Map<String, Object> settings = new HashMap<>(reading);
        settings.keySet().removeAll(NOT_FOR_SHARE_GROUPS);
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 15_000);
        settings.put(ConsumerConfig.CONNECTIONS_MAX_IDLE_MS_CONFIG, -1L);
        settings.put(ConsumerConfig.SHARE_ACKNOWLEDGEMENT_MODE_CONFIG, "explicit");
        settings.put(ConsumerConfig.SHARE_ACQUIRE_MODE_CONFIG, "record_limit");
        return settings;
    }

    /** The settings of admins. Spring Boot has no customizer for its own, so the three layers are put together here. */
    Map<String, Object> ofAdmins(KafkaProperties kafka, KafkaConnectionDetails.Configuration connection) {
        Map<String, Object> settings = reconnecting();
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, ADMIN_PATIENCE_MILLIS);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ADMIN_PATIENCE_MILLIS);
        settings.putAll(kafka.buildAdminProperties());
        settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, connection.getBootstrapServers());
        String protocol = connection.getSecurityProtocol();
        if (protocol != null && !protocol.isEmpty()) {
            settings.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, protocol);
        }
        SslBundle bundle = connection.getSslBundle();
        if (bundle != null) {
            settings.put(SslConfigs.SSL_ENGINE_FACTORY_CLASS_CONFIG, SslBundleSslEngineFactory.class);
            settings.put(SslBundle.class.getName(), bundle);
        }
        return settings;
    }

    private static Map<String, Object> reconnecting() {
        Map<String, Object> settings = new HashMap<>();
        settings.put(CommonClientConfigs.RECONNECT_BACKOFF_MS_CONFIG, 50L);
        settings.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000L);
        settings.put(CommonClientConfigs.RETRY_BACKOFF_MS_CONFIG, 20L);
        // the default starts over from the bootstrap servers, many times a second while the only broker is away
        settings.put(CommonClientConfigs.METADATA_RECOVERY_STRATEGY_CONFIG, "none");
        return settings;
    }
}
