package dev.tempo.standalone.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** Where runs, the broker's log and cached stages are kept; one launcher at a time works in it. */
public record Workspace(Path root) {

    public Workspace {
        root = root.toAbsolutePath().normalize();
    }

    public Path run(String id) {
        return root.resolve("runs").resolve(id);
    }

    public Path broker() {
        return root.resolve(".tempo").resolve("kafka");
    }

    public Path stageCache() {
        return root.resolve(".tempo").resolve("stages");
    }

    /** Ids of the runs kept here, in order of their names. */
    public List<String> runs() {
        Path runs = root.resolve("runs");
        if (!Files.isDirectory(runs)) {
            return List.of();
        }
        try (Stream<Path> directories = Files.list(runs)) {
            return directories
                    .filter(Files::isDirectory)
                    .map(directory -> directory.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(runs + " cannot be read", unreadable);
        }
    }

    /**
     * Keeps other launchers out until the lock is closed.
     *
     * @throws LaunchException if another launcher works here
     */
    FileChannel lock() {
        Path file = root.resolve(".tempo").resolve("lock");
        try {
            Files.createDirectories(file.getParent());
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock;
            try {
                lock = channel.tryLock();
            } catch (OverlappingFileLockException heldHere) {
                lock = null;
            }
            if (lock == null) {
                channel.close();
                throw new LaunchException("another tempo is at work in " + root
                        + "; wait for it, or give this one its own --workspace and --port-base");
            }
            return channel;
        } catch (IOException unwritable) {
            throw new LaunchException(file + " cannot be written: " + unwritable.getMessage());
        }
    }
}
