package dev.tempo.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.Answer;
import dev.tempo.contract.Topic;
import dev.tempo.contract.Topics;
import dev.tempo.messaging.service.Cancellable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class StopSignalTest extends MessagingFixture {

    /** A service whose handler works until it is cancelled. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Endless {
        private final CountDownLatch working = new CountDownLatch(1);
        private final CountDownLatch cancelled = new CountDownLatch(1);

        @Bean
        Cancellable work() {
            return cancelled::countDown;
        }

        @Bean
        Subscription answers(Subscriptions subscriptions) {
            return subscriptions.inGroup("endless", Topics.LABELED_ANSWERS, messages -> {
                working.countDown();
                try {
                    cancelled.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                throw new CancellationException("the process ends");
            });
        }
    }

    @Test
    void aServiceThatStopsCancelsWhatItsHandlersAreAtAndTheMessageComesAgain() throws Exception {
        Topic<Answer> topic = Topics.LABELED_ANSWERS;
        Answer answer = answer(0);
        try (ConfigurableApplicationContext service = endless()) {
            publisher.publish(topic, answer);
            assertThat(service.getBean(Endless.class).working.await(1, TimeUnit.MINUTES))
                    .isTrue();
        }

        try (ConfigurableApplicationContext next = endless()) {
            assertThat(next.getBean(Endless.class).working.await(1, TimeUnit.MINUTES))
                    .as("handed over again")
                    .isTrue();
        }
    }

    private ConfigurableApplicationContext endless() {
        return new SpringApplicationBuilder(Endless.class)
                .web(WebApplicationType.NONE)
                .run(
                        "--spring.kafka.bootstrap-servers=" + clients.bootstrapServers(),
                        "--spring.application.name=endless");
    }
}
