package dev.tempo.runs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A small file that a run's owner writes: whole or not at all, and never by a trainer whose run is another one's now. */
final class OwnedFile {
    private OwnedFile() {}

    /**
     * Writes a file; when this returns it outlives a crash of the machine.
     *
     * @throws dev.tempo.contract.FencedException if another trainer has taken the files over; nothing was written then
     */
    static void write(Ownership owner, Path file, byte[] content) {
        try {
            owner.doing(() -> replace(owner, file, content));
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot write " + file, failed);
        }
    }

    /** Writes a file as {@link #write} does, for an owner that is at work on its files already. */
    static void replace(Ownership owner, Path file, byte[] content) throws IOException {
        Path directory = file.resolveSibling("");
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory);
            TrainerFiles.sync(directory.resolveSibling(""));
        }
        Path unfinished = owner.unfinished(file.getFileName() + ".part");
        try (FileChannel channel = FileChannel.open(
                unfinished,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            TrainerFiles.force(channel);
        }
        owner.move(unfinished, file);
        TrainerFiles.sync(directory);
    }
}
