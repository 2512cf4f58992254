package dev.tempo.timeline;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A file of JSON lines that one process adds to. When it is full it becomes {@code before-NAME}, in place of an earlier one, and
 * begins anew: the newest lines are kept, and never more than twice the bound. Nothing is forced to disk.
 */
final class BoundedFile {
    static final long BOUND = 8L << 20;

    private final Path file;
    private final long bound;

    BoundedFile(Path file, long bound) {
        this.file = file;
        this.bound = bound;
    }

    /** Adds lines; the directory is made where only its own is missing. */
    void add(byte[] lines) throws IOException {
        Path directory = file.resolveSibling("");
        if (!Files.isDirectory(directory)) {
            Files.createDirectory(directory);
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            ByteBuffer bytes = ByteBuffer.wrap(lines);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
        if (Files.size(file) > bound) {
            Files.move(
                    file,
                    file.resolveSibling("before-" + file.getFileName()),
                    StandardCopyOption.REPLACE_EXISTING,
                    StandardCopyOption.ATOMIC_MOVE);
        }
    }
}
