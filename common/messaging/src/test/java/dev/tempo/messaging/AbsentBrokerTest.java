package dev.tempo.messaging;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempo.contract.ArrivingQuestion;
import dev.tempo.contract.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

/** A broker of its own, which goes away. */
class AbsentBrokerTest {
    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    void whoWaitsOnlyForAWhileIsToldThatNothingWasAcknowledged() {
        EmbeddedKafkaKraftBroker kafka = new EmbeddedKafkaKraftBroker(1, 1);
        kafka.brokerProperties(Map.of("log.cleaner.dedupe.buffer.size", "8388608"))
                .afterPropertiesSet();
        try (ConfigurableApplicationContext service = new SpringApplicationBuilder(MessagingFixture.Service.class)
                .web(WebApplicationType.NONE)
                .run(
                        "--spring.application.name=absent",
                        "--spring.kafka.bootstrap-servers=" + kafka.getBrokersAsString(),
                        "--spring.kafka.producer.properties.max.block.ms=500")) {
            Publisher publisher = service.getBean(Publisher.class);
            ArrivingQuestion question = new ArrivingQuestion("q", "1 + 1?", null, null);
            publisher.publish(Topics.ARRIVING_QUESTIONS, question);
            kafka.destroy();
            assertThatThrownBy(() -> publisher.publishWithin(
                            Duration.ofMillis(500), Topics.ARRIVING_QUESTIONS, List.of(question)))
                    .isInstanceOf(PublishException.class)
                    .hasMessageContaining("message q")
                    .hasMessageContaining("was not acknowledged");
        }
    }
}
