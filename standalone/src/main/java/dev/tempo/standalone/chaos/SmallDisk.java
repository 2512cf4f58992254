package dev.tempo.standalone.chaos;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A small file system of its own at a directory, so that a full disk is the run's alone. Needs to be root. */
final class SmallDisk implements AutoCloseable {
    private static final String SIZE = "size=512m";
    private static final int BLOCK = 1 << 16;

    private final Path directory;

    private SmallDisk(Path directory) {
        this.directory = directory;
    }

    /** Empty where this machine does not allow it. */
    static Optional<SmallDisk> at(Path directory) throws IOException {
        Files.createDirectories(directory);
        return call("mount", "-t", "tmpfs", "-o", SIZE, "tempo-chaos", directory.toString())
                ? Optional.of(new SmallDisk(directory))
                : Optional.empty();
    }

    /** Fills it to the last byte. */
    void fill() {
        byte[] block = new byte[BLOCK];
        for (int size = BLOCK; size > 0; size /= 256) {
            try (OutputStream filler = Files.newOutputStream(filler(size))) {
                while (true) {
                    filler.write(block, 0, size);
                }
            } catch (IOException full) {
                // That is what it is for; the next filler takes what is left in smaller bites.
            }
        }
    }

    void free() throws IOException {
        for (int size = BLOCK; size > 0; size /= 256) {
            Files.deleteIfExists(filler(size));
        }
    }

    private Path filler(int size) {
        return directory.resolve(".filler-" + size);
    }

    /** Takes it away, with what is in it, also while a dying process holds a file there. */
    @Override
    public void close() {
        call("umount", "-l", directory.toString());
    }

    private static boolean call(String... command) {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException absent) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
