package dev.tempo.standalone.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Writer;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.springframework.core.NestedExceptionUtils;

/** A single-node broker and controller on 127.0.0.1, with a log that outlives it. */
public final class LocalBroker implements AutoCloseable {
    /** The largest message: what the topics allow, and room for a dead letter's headers. */
    private static final int LARGEST_MESSAGE = 17 << 20;

    private static final long YEAR_IN_MINUTES = 60L * 24 * 365;

    private final KafkaRaftServer server;

    /**
     * A broker that is started; at its first start it formats the directory.
     *
     * @throws IOException if the directory or a port cannot be used
     */
    public LocalBroker(Path directory, int port, int controllerPort) throws IOException {
        this(directory, port, controllerPort, Map.of());
    }

    private LocalBroker(Path directory, int port, int controllerPort, Map<String, String> further) throws IOException {
        Path log = directory.toAbsolutePath();
        Properties properties = properties(log, port, controllerPort);
        properties.putAll(further);
        if (!Files.exists(log.resolve("meta.properties"))) {
            format(log, properties);
        }
        try {
            server = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
            server.startup();
        } catch (RuntimeException unusable) {
            if (NestedExceptionUtils.getMostSpecificCause(unusable) instanceof BindException) {
                throw new IOException(
                        "port " + port + " or " + controllerPort + " is in use by now; choose others by --port-base",
                        unusable);
            }
            throw new IOException(
                    unusable.getMessage() + " (its directory is " + log
                            + "; see what its log says, and whether there is space)",
                    unusable);
        }
    }

    /**
     * A broker from which records are deleted: where it otherwise takes minutes until their files go, it takes a moment. Every batch
     * begins a segment of its own, so that it is not for work.
     *
     * @throws IOException if the directory or a port cannot be used
     */
    public static LocalBroker forDeleting(Path directory, int port, int controllerPort) throws IOException {
        return new LocalBroker(
                directory,
                port,
                controllerPort,
                Map.of(
                        "log.roll.ms", "1",
                        "log.initial.task.delay.ms", "100",
                        "log.retention.check.interval.ms", "100",
                        "log.segment.delete.delay.ms", "0",
                        "log.cleaner.backoff.ms", "100",
                        "log.cleaner.min.cleanable.ratio", "0.0"));
    }

    /** Has it told when a broker cannot use its directory any more, instead of ending this process, which others share with it. */
    public static void tellOfFailure(Runnable told) {
        Exit.setHaltProcedure((status, message) -> told.run());
    }

    void awaitShutdown() {
        server.awaitShutdown();
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    private static void format(Path log, Properties properties) throws IOException {
        Files.createDirectories(log);
        Path configuration = Files.createTempFile("kafka", ".properties");
        try (Writer writer = Files.newBufferedWriter(configuration)) {
            properties.store(writer, null);
        }
        int status = StorageTool.execute(
                new String[] {"format", "-t", Uuid.randomUuid().toString(), "-c", configuration.toString()},
                new PrintStream(OutputStream.nullOutputStream()));
        Files.delete(configuration);
        if (status != 0) {
            throw new IOException("Kafka could not format " + log + " (status " + status + ")");
        }
    }

    private static Properties properties(Path log, int port, int controllerPort) {
        Properties properties = new Properties();
        properties.put("process.roles", "broker,controller");
        properties.put("node.id", "1");
        properties.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
        properties.put("listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
        properties.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
        properties.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        properties.put("controller.listener.names", "CONTROLLER");
        properties.put("inter.broker.listener.name", "PLAINTEXT");
        properties.put("log.dirs", log.toString());
        properties.put("offsets.topic.replication.factor", "1");
        properties.put("offsets.topic.num.partitions", "1");
        properties.put("transaction.state.log.replication.factor", "1");
        properties.put("transaction.state.log.num.partitions", "1");
        properties.put("transaction.state.log.min.isr", "1");
        properties.put("share.coordinator.state.topic.replication.factor", "1");
        properties.put("share.coordinator.state.topic.num.partitions", "1");
        properties.put("share.coordinator.state.topic.min.isr", "1");
        properties.put("group.initial.rebalance.delay.ms", "0");
        properties.put("group.share.record.lock.duration.ms", "15000");
        // A worker that dies holds back the partitions it read until its session ends; 45 s is too long to watch.
        properties.put("group.share.session.timeout.ms", "10000");
        properties.put("group.share.min.session.timeout.ms", "10000");
        properties.put("group.share.heartbeat.interval.ms", "1000");
        properties.put("group.share.min.heartbeat.interval.ms", "1000");
        // A laptop that pauses for seconds must not lose its controller.
        properties.put("broker.session.timeout.ms", "9000");
        properties.put("auto.create.topics.enable", "false");
        properties.put("message.max.bytes", String.valueOf(LARGEST_MESSAGE));
        properties.put("replica.fetch.max.bytes", String.valueOf(LARGEST_MESSAGE));
        // A paused run keeps its topics and offsets however long it rests.
        properties.put("log.retention.ms", "-1");
        properties.put("offsets.retention.minutes", String.valueOf(YEAR_IN_MINUTES));
        properties.put("log.cleaner.dedupe.buffer.size", String.valueOf(8 << 20));
        // Only whole segments are ever deleted: small ones, each of a few hours, let go what a removed run has written.
        properties.put("log.segment.bytes", String.valueOf(32 << 20));
        properties.put("log.roll.ms", String.valueOf(Duration.ofHours(6).toMillis()));
        return properties;
    }
}
