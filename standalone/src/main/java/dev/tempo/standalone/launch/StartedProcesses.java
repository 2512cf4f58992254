package dev.tempo.standalone.launch;

import dev.tempo.contract.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The processes that a launcher started in a workspace, noted in a file: should it be killed, the next launcher waits until
 * they have ended by themselves, and ends those that do not. Thread-safe.
 */
final class StartedProcesses {
    /** The system tells start times in its clock's ticks since a boot time of whole seconds. */
    private static final Duration CLOCK = Duration.ofSeconds(3);

    private final Path file;
    private final Duration patience;

    /** @param patience with those that have to end by themselves, and again with those that are killed */
    StartedProcesses(Path file, Duration patience) {
        this.file = file;
        this.patience = patience;
    }

    /** One of them; its id alone could be another process's by now. */
    private record Started(String name, ProcessHandle process) {

        static Optional<Started> parse(String line) {
            String[] parts = line.split(" ");
            if (parts.length != 3 || !parts[0].matches("\\d{1,18}") || !parts[1].matches("\\d{1,18}")) {
                return Optional.empty();
            }
            Instant start = Instant.ofEpochMilli(Long.parseLong(parts[1]));
            return ProcessHandle.of(Long.parseLong(parts[0]))
                    .filter(ProcessHandle::isAlive)
                    .filter(process -> process.info()
                            .startInstant()
                            .map(known -> Duration.between(known, start).abs().compareTo(CLOCK) < 0)
                            .orElse(false))
                    .map(process -> new Started(parts[2], process));
        }

        @Override
        public String toString() {
            return name + " (process " + process.pid() + ")";
        }
    }

    synchronized void add(String name, ProcessHandle process) {
        Instant start = process.info().startInstant().orElse(Instant.now());
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(
                    file,
                    process.pid() + " " + start.toEpochMilli() + " " + name + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException unwritable) {
            throw new UserException(file + " cannot be written: " + unwritable.getMessage());
        }
    }

    /** Those that are alive, by name. */
    synchronized Map<String, ProcessHandle> living() {
        return alive().stream()
                .collect(Collectors.toMap(Started::name, Started::process, (first, second) -> second, TreeMap::new));
    }

    /**
     * Returns once none of them is alive, and forgets them.
     *
     * @param notices told when there is something to wait for
     * @throws UserException if one cannot be ended
     */
    synchronized void awaitEnd(Consumer<String> notices) {
        List<Started> alive = alive();
        if (!alive.isEmpty()) {
            notices.accept("an earlier launcher in this workspace ended before its " + names(alive)
                    + "; waiting until they have stopped");
            alive = await(alive);
        }
        if (!alive.isEmpty()) {
            notices.accept("they do not stop by themselves and are killed: " + names(alive));
            alive.forEach(started -> started.process().destroyForcibly());
            alive = await(alive);
        }
        if (!alive.isEmpty()) {
            throw new UserException(names(alive) + " of an earlier launcher cannot be ended; end them by hand");
        }
        try {
            Files.deleteIfExists(file);
        } catch (IOException undeletable) {
            throw new UserException(file + " cannot be deleted: " + undeletable.getMessage());
        }
    }

    private List<Started> alive() {
        try {
            return Files.readAllLines(file).stream()
                    .map(Started::parse)
                    .flatMap(Optional::stream)
                    .toList();
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (IOException unreadable) {
            throw new UserException(file + " cannot be read: " + unreadable.getMessage());
        }
    }

    private List<Started> await(List<Started> processes) {
        List<CompletableFuture<ProcessHandle>> ends = new ArrayList<>();
        processes.forEach(started -> ends.add(started.process().onExit()));
        try {
            CompletableFuture.allOf(ends.toArray(CompletableFuture<?>[]::new))
                    .get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException notAll) {
            return processes.stream()
                    .filter(started -> started.process().isAlive())
                    .toList();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new UserException("interrupted while an earlier launcher's processes ended");
        }
        return List.of();
    }

    private static String names(List<Started> processes) {
        return processes.stream().map(Started::toString).collect(Collectors.joining(", "));
    }
}
