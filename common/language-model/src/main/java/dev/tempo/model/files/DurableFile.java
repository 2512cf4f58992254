package dev.tempo.model.files;

import dev.tempo.timeline.OpenSpan;
import dev.tempo.timeline.SpanKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.UUID;

/**
 * A way to write files that survive a crash whole or not at all: written and synced under another name, then renamed into
 * place.
 */
public final class DurableFile {
    private DurableFile() {}

    /** The content of a file, written into its channel. */
    @FunctionalInterface
    public interface Content {
        void writeTo(FileChannel channel) throws IOException;
    }

    /** Writes a file that is either complete and synced to disk, or not there. */
    public static void write(Path file, Content content) {
        Path absolute = file.toAbsolutePath();
        Path directory = Objects.requireNonNull(absolute.getParent(), "a file lies in a directory");
        try {
            Files.createDirectories(directory);
            Path unfinished = directory.resolve("." + file.getFileName() + "-" + UUID.randomUUID() + ".unfinished");
            try {
                try (FileChannel channel =
                        FileChannel.open(unfinished, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
                    content.writeTo(channel);
                    force(channel);
                }
                Files.move(unfinished, absolute, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(unfinished);
            }
            try (FileChannel entry = FileChannel.open(directory, StandardOpenOption.READ)) {
                force(entry);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    private static void force(FileChannel channel) throws IOException {
        try (OpenSpan ended = OpenSpan.within(SpanKind.FSYNC, "fsync")) {
            channel.force(true);
        }
    }

    /** Writes a file that is either complete and synced to disk, or not there. */
    public static void write(Path file, byte[] content) {
        write(file, channel -> {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        });
    }

    /** An empty buffer in the byte order of safetensors files. */
    public static ByteBuffer littleEndian(int capacity) {
        return ByteBuffer.allocateDirect(capacity).order(ByteOrder.LITTLE_ENDIAN);
    }
}
