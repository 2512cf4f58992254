package dev.tempo.messaging;

import dev.tempo.messaging.service.Cancellable;
import dev.tempo.messaging.service.WorkHealth;
import dev.tempo.messaging.succession.GroupLags;
import dev.tempo.messaging.succession.GroupMembers;
import dev.tempo.timeline.SpanLog;
import dev.tempo.timeline.SpanWriter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.ShareConsumerFactory;

/** The beans that every service gets by having this module on its class path. */
@AutoConfiguration(after = {SpringKafkaSettings.class, KafkaAutoConfiguration.class})
class MessagingAutoConfiguration {

    /** The one source of wall time in a service. */
    @Bean
    @ConditionalOnMissingBean
    InstantSource clock() {
        return InstantSource.system();
    }

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
    GroupMembers groupMembers(Admin messagingAdmin) {
        return new GroupMembers(messagingAdmin);
    }

    @Bean
    GroupLags groupLags(Admin messagingAdmin) {
        return new GroupLags(messagingAdmin);
    }

    @Bean
    SpanLog spanLog(ClientSettings settings) {
        return new SpanLog(settings.service());
    }

    @Bean(initMethod = "begin", destroyMethod = "close")
    SpanWriter spanWriter(SpanLog spans) {
        return new SpanWriter(spans);
    }

    @Bean
    Publisher publisher(KafkaTemplate<String, byte[]> template, TopicCreation topics, SpanLog spans) {
        return new Publisher(template, topics, spans);
    }

    @Bean
    ReaderContext readerContext(
            ClientSettings settings,
            KafkaClients clients,
            ConcurrentKafkaListenerContainerFactory<String, byte[]> containers,
            TopicCreation topics,
            GroupLags lags,
            Publisher publisher,
            KafkaTemplate<String, byte[]> template,
            MeterRegistry meters,
            MessagingProperties properties,
            SpanLog spans) {
        return new ReaderContext(
                settings.service(),
                clients,
                containers,
                topics,
                lags,
                publisher,
                new DeadLetters(publisher, template, meters),
                properties,
                spans);
    }

    @Bean
    Subscriptions subscriptions(ReaderContext context) {
        return new Subscriptions(context);
    }

    @Bean
    TrainerLoops trainerLoops(ReaderContext context) {
        return new TrainerLoops(context);
    }

    @Bean
    WorkQueues workQueues(ReaderContext context) {
        return new WorkQueues(context);
    }

    @Bean
    BrokerHealth brokerHealthIndicator(Admin messagingAdmin, ReaderContext context) {
        return new BrokerHealth(messagingAdmin, context);
    }

    @Bean
    WorkHealth workHealthIndicator(SpanLog spans) {
        return new WorkHealth(spans);
    }

    @Bean
    StopSignal stopSignal(
            ReaderContext context, TopicCreation topics, Publisher publisher, ObjectProvider<Cancellable> work) {
        return new StopSignal(context, topics, publisher, work.stream().toList());
    }
}
