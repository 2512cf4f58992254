package dev.tempo.standalone.launch;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.status.StatusManager;
import dev.tempo.contract.Topic;
import dev.tempo.contract.UserException;
import dev.tempo.messaging.Publisher;
import dev.tempo.messaging.Received;
import dev.tempo.messaging.StopSignal;
import dev.tempo.messaging.Subscription;
import dev.tempo.messaging.Subscriptions;
import dev.tempo.messaging.letters.DeadLetterBox;
import dev.tempo.messaging.removal.RunRecords;
import dev.tempo.messaging.succession.GroupLags;
import dev.tempo.messaging.succession.GroupMembers;
import dev.tempo.messaging.turn.Turns;
import dev.tempo.standalone.announcement.AnnouncedRuns;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.logging.LoggingInitializationContext;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.StandardEnvironment;

/** The launcher's connection to the topics: writes {@code runs}, reads what the services publish. */
public final class BrokerConnection implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration ANSWER = Duration.ofSeconds(2);
    private static final Duration REACHED = Duration.ofSeconds(15);
    private static final long LOOK_MILLIS = 50;

    private final ConfigurableApplicationContext context;
    private final BooleanSupplier goesOn;
    private final List<Subscription> subscriptions = new ArrayList<>();
    private @Nullable AnnouncedRuns runs;

    private BrokerConnection(ConfigurableApplicationContext context, BooleanSupplier goesOn) {
        this.context = context;
        this.goesOn = goesOn;
    }

    /** Connects; returns at once, and creates missing topics as soon as the broker is there. */
    public static BrokerConnection connect(String bootstrapServers) {
        return connect(bootstrapServers, () -> true);
    }

    /** @param goesOn whether to wait for anything still */
    public static BrokerConnection connect(String bootstrapServers, BooleanSupplier goesOn) {
        ConfigurableApplicationContext context = new SpringApplicationBuilder(LauncherContext.class)
                .web(WebApplicationType.NONE)
                .properties(Map.of(
                        "spring.config.name", "standalone",
                        "spring.application.name", "standalone",
                        "spring.main.banner-mode", "off",
                        "spring.main.register-shutdown-hook", "false"))
                .initializers(begun -> saysNothingOfItsLog())
                // as an argument, so that no variable of the environment sends it to another broker
                .run("--spring.kafka.bootstrap-servers=" + bootstrapServers);
        return new BrokerConnection(context, goesOn);
    }

    /** What this process logs goes to a file, if the process has not said another one. */
    public static void quietly(Workspace workspace) {
        System.setProperty(
                "tempo.log", workspace.hidden().resolve("commands.log").toString());
    }

    /**
     * Reads where this process logs, before a broker starts in it. Spring Boot would read that anew with the first connection, and a
     * broker at work would log to no appender meanwhile, of which logback warns on the terminal.
     */
    static void readLogging() {
        LoggingSystem logging = LoggingSystem.get(BrokerConnection.class.getClassLoader());
        logging.beforeInitialize();
        logging.initialize(new LoggingInitializationContext(new StandardEnvironment()), null, null);
        saysNothingOfItsLog();
    }

    /** Where its log cannot be written, the terminal is not told a stack trace a line: a full disk is told by what stops for it. */
    static void saysNothingOfItsLog() {
        StatusManager told = ((LoggerContext) LoggerFactory.getILoggerFactory()).getStatusManager();
        told.getCopyOfStatusListenerList().forEach(told::remove);
    }

    /**
     * Waits until the broker is reached and has every topic.
     *
     * @param address as it was typed
     * @throws UserException if that takes too long
     */
    public void awaitReady(String address) {
        Instant deadline = Instant.now().plus(REACHED);
        try {
            while (!isReady()) {
                if (Instant.now().isAfter(deadline)) {
                    throw new UserException("no broker answers at " + address + " within " + REACHED.toSeconds()
                            + " seconds; see that it is up, that the address is one that it advertises, and that"
                            + " SPRING_KAFKA_… holds its security settings");
                }
                Thread.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new UserException("interrupted while waiting for the broker at " + address);
        }
    }

    /** Whether the broker has been reached and every topic is there; before that, publishing and following wait. */
    boolean isReady() {
        return context.getBean(Publisher.class).isReady();
    }

    public <V> void publish(Topic<V> topic, V message) {
        context.getBean(Publisher.class).publish(topic, message);
    }

    /** The runs as they are announced, by which what is wanted of one is changed. */
    public synchronized AnnouncedRuns runs() {
        AnnouncedRuns present = runs;
        if (present == null) {
            present = new AnnouncedRuns(context.getBean(Turns.class), context.getBean(Subscriptions.class), goesOn);
            runs = present;
        }
        return present;
    }

    /**
     * Hands every message of the topic to the handler, from the first on; returns when all present ones are handled.
     *
     * @return false if there is nothing to wait for before that
     */
    public <V> boolean follow(Topic<V> topic, Consumer<V> handler) {
        return followSince(Instant.EPOCH, topic, received -> handler.accept(received.message()));
    }

    /**
     * Hands every message of the topic to the handler that was written since a time; returns when all present ones are handled.
     *
     * @return false if there is nothing to wait for before that
     */
    public <V> boolean followSince(Instant since, Topic<V> topic, Consumer<Received<V>> handler) {
        CountDownLatch caughtUp = new CountDownLatch(1);
        Subscription subscription =
                context.getBean(Subscriptions.class).everythingSince(since, topic, handler, caughtUp::countDown);
        subscriptions.add(subscription);
        subscription.start();
        Instant deadline = Instant.now().plus(PATIENCE);
        try {
            while (!caughtUp.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                if (!goesOn.getAsBoolean()) {
                    return false;
                }
                if (Instant.now().isAfter(deadline)) {
                    throw new UserException("topic " + topic.name() + " could not be read within "
                            + PATIENCE.toMinutes() + " minutes; is the broker well? See logs/kafka.log of the run");
                }
            }
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new UserException("interrupted while reading topic " + topic.name());
        }
    }

    /** The clients that the broker has in its groups, see {@link GroupMembers}; empty if it does not answer. */
    Optional<List<String>> clients() {
        return context.getBean(GroupMembers.class).clients(ANSWER);
    }

    /** How far the groups are behind, see {@link GroupLags}; empty if the broker does not answer. */
    public Optional<List<GroupLags.Lag>> lags() {
        return context.getBean(GroupLags.class).all(ANSWER);
    }

    /** The records that readers could not take. */
    public DeadLetterBox deadLetters() {
        return context.getBean(DeadLetterBox.class);
    }

    /** How often requests for responses were found to take workers down; empty if the broker does not answer. */
    OptionalLong suspicions() {
        return deadLetters().suspicions(ANSWER);
    }

    /** The records of runs, for their removal. */
    public RunRecords runRecords() {
        return context.getBean(RunRecords.class);
    }

    @Override
    public synchronized void close() {
        // all at once: each takes as long to stop as its last question to the broker
        context.getBean(StopSignal.class).tellLoops();
        if (runs != null) {
            runs.close();
        }
        subscriptions.forEach(Subscription::stop);
        context.close();
    }
}
