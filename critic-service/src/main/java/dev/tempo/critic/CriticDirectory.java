package dev.tempo.critic;

import dev.tempo.contract.ModelReference;
import dev.tempo.contract.Run;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.model.directory.ModelDirectory;
import dev.tempo.model.training.CriticTrainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The critic's part of a run's directory: versions {@code critic/v00030/}, one checkpoint, finished stages. Opening it
 * takes a file lock, so that two trainers never work on one checkpoint.
 */
final class CriticDirectory implements AutoCloseable {
    private static final int NEWEST_KEPT = 3;

    private final Path run;
    private final FileChannel lockFile;

    private CriticDirectory(Path run, FileChannel lockFile) {
        this.run = run;
        this.lockFile = lockFile;
    }

    /** Empty while another trainer holds the lock. */
    static Optional<CriticDirectory> lock(Run submitted) {
        Path run = Path.of(submitted.directory());
        try {
            Path checkpoints = Files.createDirectories(run.resolve("checkpoints/critic"));
            FileChannel file =
                    FileChannel.open(checkpoints.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!isLocked(file)) {
                file.close();
                return Optional.empty();
            }
            return Optional.of(new CriticDirectory(run, file));
        } catch (IOException unusable) {
            throw new UncheckedIOException("run directory " + run + " cannot be used: " + unusable, unusable);
        }
    }

    static Path pathOf(ModelReference model) {
        return Path.of(URI.create(model.uri()));
    }

    Path checkpoint() {
        return run.resolve("checkpoints/critic/state");
    }

    /** Writes a version's files; where they are already, they are the same. */
    ModelReference write(CriticTrainer critic, int version) {
        Path directory = version(version);
        critic.save(directory);
        return new ModelReference(directory.toUri().toString(), new ModelDirectory(directory).sha256());
    }

    /** Leaves the critic where the cache of finished stages looks for it, by an atomic rename. */
    void finishStage(CriticTrainer critic, String stage) {
        Path finished = run.resolve("stages").resolve(stage).resolve("critic");
        if (Files.exists(finished)) {
            return;
        }
        Path unfinished = finished.resolveSibling(".critic");
        critic.save(unfinished);
        try {
            Files.move(unfinished, finished, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot move " + unfinished + " to " + finished, failed);
        }
    }

    /** Deletes versions that no measured round and none of the newest refers to. */
    void prune(Recipe recipe, int newest) {
        NavigableMap<Integer, Path> versions = versions();
        List<Integer> candidates = List.copyOf(versions.headMap(newest, true).keySet());
        for (int version = 0; version <= newest; version++) {
            Integer file = versions.floorKey(version);
            if (file != null && (version > newest - NEWEST_KEPT || recipe.evaluates(version))) {
                candidates =
                        candidates.stream().filter(other -> !other.equals(file)).toList();
            }
        }
        candidates.forEach(version -> delete(version(version)));
    }

    @Override
    public void close() {
        try {
            lockFile.close();
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot release the lock of " + checkpoint(), failed);
        }
    }

    private Path version(int version) {
        return run.resolve("critic").resolve(String.format("v%05d", version));
    }

    private NavigableMap<Integer, Path> versions() {
        NavigableMap<Integer, Path> versions = new TreeMap<>();
        try (Stream<Path> directories = Files.list(run.resolve("critic"))) {
            directories
                    .filter(directory -> directory.getFileName().toString().matches("v\\d+"))
                    .forEach(directory -> versions.put(
                            Integer.valueOf(directory.getFileName().toString().substring(1)), directory));
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot list the critic versions of " + run, failed);
        }
        return versions;
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot delete " + directory, failed);
        }
    }

    private static boolean isLocked(FileChannel file) throws IOException {
        try {
            FileLock lock = file.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException heldByThisProcess) {
            return false;
        }
    }
}
