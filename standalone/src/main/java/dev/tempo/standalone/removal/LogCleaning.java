package dev.tempo.standalone.removal;

import dev.tempo.messaging.removal.Removal;
import dev.tempo.standalone.broker.PartitionFiles;
import dev.tempo.standalone.launch.BrokerConnection;
import dev.tempo.standalone.launch.BrokerOnly;
import dev.tempo.standalone.launch.Ports;
import dev.tempo.standalone.launch.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The removal of runs' records from the log of a workspace's broker, until their files are gone. One thread, with the workspace's lock. */
public final class LogCleaning implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long LOOK_MILLIS = 100;

    private final Path log;
    private final BrokerOnly broker;
    private final BrokerConnection connection;

    /**
     * What a removal did to the disk.
     *
     * @param freed bytes that are free now
     * @param left bytes, about, of records that nobody needs and that lie behind or beside a kept run's
     */
    public record Freed(long freed, long left) {}

    private LogCleaning(Path log, BrokerOnly broker, BrokerConnection connection) {
        this.log = log;
        this.broker = broker;
        this.connection = connection;
    }

    /** Whether the workspace's broker has a log. */
    public static boolean hasLog(Workspace workspace) {
        return Files.exists(workspace.broker().resolve("meta.properties"));
    }

    /** The cleaning of a log that is there, with its broker started. */
    public static LogCleaning start(Workspace workspace, Ports ports) {
        BrokerOnly broker = BrokerOnly.forDeleting(workspace, ports);
        try {
            return new LogCleaning(workspace.broker(), broker, BrokerConnection.connect(broker.bootstrapServers()));
        } catch (RuntimeException unconnected) {
            broker.close();
            throw unconnected;
        }
    }

    /** The runs that the broker has heard of and whose records are not all gone. */
    public Set<String> announced() {
        return connection.runRecords().announced();
    }

    /**
     * Removes the records of all runs but some.
     *
     * @param kept whether a run, by its id, is kept
     * @throws IOException if the log's files cannot be read
     */
    public Freed remove(Predicate<String> kept) throws IOException {
        Map<String, Long> before = sizes();
        Removal removal = connection.runRecords().remove(kept);
        awaitDeletion(removal);
        Map<String, Long> after = sizes();
        long left = 0;
        for (Map.Entry<String, Double> share : removal.keptShares().entrySet()) {
            double needed = before.getOrDefault(share.getKey(), 0L) * share.getValue();
            left += Math.max(0, Math.round(after.getOrDefault(share.getKey(), 0L) - needed));
        }
        return new Freed(Math.max(0, sum(before) - sum(after)), left);
    }

    /** Kafka deletes by itself, in the background; what a slow machine has not deleted by then goes when the broker starts next. */
    private void awaitDeletion(Removal removal) throws IOException {
        long begun = System.nanoTime();
        try {
            while (holdsDeleted(removal) && System.nanoTime() - begun < PATIENCE.toNanos()) {
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean holdsDeleted(Removal removal) throws IOException {
        for (var start : removal.starts().entrySet()) {
            if (new PartitionFiles(log.resolve(start.getKey())).holdBefore(start.getValue())) {
                return true;
            }
        }
        return false;
    }

    private Map<String, Long> sizes() throws IOException {
        Map<String, Long> sizes = new HashMap<>();
        try (Stream<Path> entries = Files.list(log)) {
            List<Path> partitions = entries.filter(Files::isDirectory)
                    .filter(directory -> !directory.getFileName().toString().startsWith("__"))
                    .toList();
            for (Path partition : partitions) {
                sizes.put(partition.getFileName().toString(), new PartitionFiles(partition).bytes());
            }
        }
        return sizes;
    }

    private static long sum(Map<String, Long> sizes) {
        return sizes.values().stream().mapToLong(Long::longValue).sum();
    }

    @Override
    public void close() {
        connection.close();
        broker.close();
    }
}
