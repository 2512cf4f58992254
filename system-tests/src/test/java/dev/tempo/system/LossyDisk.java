package dev.tempo.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A file system of its own in a file, which can lose power: what was not synced is forgotten, whoever wrote it and however. Its
 * writes reach the file only when they are synced, or long after; a copy of the file is what a disk would hold at that moment.
 */
final class LossyDisk implements AutoCloseable {
    private final Path mounted;
    private Path image;
    private int cuts;

    private LossyDisk(Path mounted, Path image) {
        this.mounted = mounted;
        this.image = image;
    }

    /** A disk that is mounted in a directory; the test is skipped where this process may not mount. */
    static LossyDisk in(Path directory) {
        try {
            Path mounted = Files.createDirectories(directory.resolve("disk"));
            LossyDisk disk = new LossyDisk(mounted, directory.resolve("disk-0.img"));
            boolean possible = run("truncate", "-s", "6G", disk.image.toString())
                    && run("mkfs.ext4", "-q", "-F", disk.image.toString())
                    && disk.mount();
            Assumptions.assumeTrue(possible, "power can be cut only where a file may be mounted as ext4: as root");
            return disk;
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    /** A small disk in the place of a directory, with its files on it and so many bytes to spare. */
    static LossyDisk withRoomFor(Path directory, long bytes) throws IOException {
        Path aside = Files.move(directory, directory.resolveSibling("aside"));
        Files.createDirectories(directory);
        long size = bytes;
        try (Stream<Path> files = Files.walk(aside)) {
            for (Path file : files.toList()) {
                size += Files.size(file);
            }
        }
        boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", directory.toString());
        Assumptions.assumeTrue(mounted, "a disk can be full only where a tmpfs may be mounted: as root");
        require(run("cp", "-a", aside + "/.", directory.toString()));
        return new LossyDisk(directory, aside.resolve("none"));
    }

    /** Whether this process may mount anything. */
    static boolean mayMount(Path directory) throws IOException {
        String place = Files.createDirectories(directory.resolve("probe")).toString();
        return run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", place) && run("umount", place);
    }

    /** Puts the files back to where there is room. */
    void free() {
        String copied = mounted.resolveSibling("copied").toString();
        require(run("cp", "-a", mounted.toString(), copied));
        require(run("umount", mounted.toString()));
        require(run("mv", "-T", copied, mounted.toString()));
    }

    Path path() {
        return mounted;
    }

    /** Forgets what is not on the disk. Nobody may be using it. */
    void cutPower() {
        cuts++;
        Path left = image.resolveSibling("disk-" + cuts + ".img");
        require(run("cp", "--sparse=always", image.toString(), left.toString()));
        require(run("umount", mounted.toString()));
        run("rm", image.toString());
        image = left;
        require(mount());
    }

    private boolean mount() {
        return run("mount", "-o", "loop,commit=600,noatime", image.toString(), mounted.toString());
    }

    private static void require(boolean done) {
        if (!done) {
            throw new AssertionError("a command on the disk failed");
        }
    }

    private static boolean run(String... command) {
        try {
            Process process = new ProcessBuilder(command).inheritIO().start();
            return process.waitFor(1, TimeUnit.MINUTES) && process.exitValue() == 0;
        } catch (IOException notThere) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        run("umount", "-l", mounted.toString());
        run("rm", "-f", image.toString());
    }
}
