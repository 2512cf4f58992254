package dev.tempo.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tempo.contract.Answer;
import dev.tempo.contract.Purpose;
import dev.tempo.contract.Topic;
import dev.tempo.contract.Topics;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class ServiceStartTest extends MessagingFixture {

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Lonely {
        @Bean
        Subscription group(Subscriptions subscriptions) {
            return subscriptions.inGroup("lonely", Topics.LABELED_TRAJECTORIES, messages -> {});
        }

        @Bean
        Subscription everything(Subscriptions subscriptions) {
            return subscriptions.everything(Topics.RUNS, run -> {});
        }

        @Bean
        WorkQueue queue(WorkQueues queues) {
            return queues.on(
                    "lonely-workers",
                    List.of(Topics.LABELED_ROLLOUT_REQUESTS),
                    1,
                    requests -> {},
                    new WorkQueues.Suspects<>(Topics.SUSPECT_ROLLOUT_REQUESTS, (request, reason) -> {}));
        }
    }

    @Test
    void aServiceWithoutBrokerStartsSaysSoAndStops() {
        try (ConfigurableApplicationContext service = new SpringApplicationBuilder(Lonely.class)
                .web(WebApplicationType.NONE)
                .run("--spring.kafka.bootstrap-servers=127.0.0.1:1", "--spring.application.name=lonely")) {
            assertThat(service.getBean(BrokerHealth.class).health().getStatus()).isEqualTo(Status.DOWN);
            assertThat(service.getBean(BrokerHealth.class).health().getDetails())
                    .containsKeys("kafka", "topics")
                    .containsEntry("brokers", "127.0.0.1:1");
        }
    }

    @Test
    void everyTopicIsThereAndKeepsItsDataForEver() throws Exception {
        await().atMost(PATIENCE).until(() -> health.health().getStatus().equals(Status.UP));
        Collection<String> names = admin.listTopics().names().get();
        for (Topic<?> topic : Topics.all()) {
            assertThat(names).contains(topic.name(), topic.deadLetters());
            Map<String, String> settings = settings(admin, topic.name());
            assertThat(settings)
                    .containsEntry("retention.ms", "-1")
                    .containsEntry("cleanup.policy", topic.compacted() ? "compact" : "delete")
                    .containsEntry("max.message.bytes", "16777216");
        }
        Map<String, Integer> partitions = new java.util.HashMap<>();
        admin.describeTopics(List.of("runs", "labeled-trajectories"))
                .allTopicNames()
                .get()
                .forEach(
                        (name, topic) -> partitions.put(name, topic.partitions().size()));
        assertThat(partitions).isEqualTo(Map.of("runs", 1, "labeled-trajectories", 4));
    }

    @Test
    void aMessageBeyondTheLimitIsRefusedByName() throws Exception {
        Topic<Answer> topic = topic(1);
        Answer huge = new Answer("run", Purpose.LABELED, "q", "x".repeat(18 << 20), "answer", "default");
        assertThatThrownBy(() -> publisher.publish(topic, huge))
                .isInstanceOf(PublishException.class)
                .hasMessageContaining("message q of")
                .hasMessageContaining(topic.name());
    }

    private static Map<String, String> settings(Admin admin, String topic) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Config config = Objects.requireNonNull(
                admin.describeConfigs(List.of(resource)).all().get().get(resource));
        Map<String, String> settings = new java.util.HashMap<>();
        config.entries().forEach(entry -> settings.put(entry.name(), entry.value()));
        return settings;
    }
}
