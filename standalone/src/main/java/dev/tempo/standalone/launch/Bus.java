package dev.tempo.standalone.launch;

import dev.tempo.contract.Topic;
import dev.tempo.messaging.Publisher;
import dev.tempo.messaging.Subscription;
import dev.tempo.messaging.Subscriptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The launcher's connection to the topics: writes {@code runs}, reads what the services publish. */
public final class Bus implements AutoCloseable {
    private final ConfigurableApplicationContext context;
    private final List<Subscription> subscriptions = new ArrayList<>();

    private Bus(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** Connects; returns at once, and creates missing topics as soon as the broker is there. */
    public static Bus connect(String bootstrapServers) {
        return new Bus(new SpringApplicationBuilder(LauncherContext.class)
                .web(WebApplicationType.NONE)
                .properties(Map.of(
                        "spring.config.name", "standalone",
                        "spring.application.name", "standalone",
                        "spring.main.banner-mode", "off",
                        "spring.main.register-shutdown-hook", "false",
                        "spring.kafka.bootstrap-servers", bootstrapServers))
                .run());
    }

    /** Whether the broker has been reached and every topic is there; before that, publishing and following wait. */
    boolean isReady() {
        return context.getBean(Publisher.class).isReady();
    }

    public <V> void publish(Topic<V> topic, V message) {
        context.getBean(Publisher.class).publish(topic, message);
    }

    /** Hands every message of the topic to the handler, from the first on; returns when all present ones are handled. */
    public <V> void follow(Topic<V> topic, Consumer<V> handler) {
        CountDownLatch caughtUp = new CountDownLatch(1);
        Subscription subscription =
                context.getBean(Subscriptions.class).everything(topic, handler, caughtUp::countDown);
        subscriptions.add(subscription);
        subscription.start();
        try {
            if (!caughtUp.await(2, TimeUnit.MINUTES)) {
                throw new LaunchException(
                        "topic " + topic.name() + " could not be read within two minutes; is the broker"
                                + " well? See logs/kafka.log of the run");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new LaunchException("interrupted while reading topic " + topic.name());
        }
    }

    @Override
    public void close() {
        subscriptions.forEach(Subscription::stop);
        context.close();
    }
}
