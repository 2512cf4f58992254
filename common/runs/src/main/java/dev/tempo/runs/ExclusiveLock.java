package dev.tempo.runs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A lock on a file, which one holder at a time has: it keeps two launchers out of one workspace. The operating system releases it when its process dies, however that happens.
 */
public final class ExclusiveLock implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;

    private ExclusiveLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * The lock on a file, which is created if it is missing; empty while another holder has it, in this process or
     * elsewhere.
     *
     * @throws IOException if the file cannot be opened
     */
    public static Optional<ExclusiveLock> take(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (isTaken(channel)) {
            return Optional.of(new ExclusiveLock(file, channel));
        }
        channel.close();
        return Optional.empty();
    }

    private static boolean isTaken(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException heldByThisProcess) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot release the lock " + file, failed);
        }
    }
}
