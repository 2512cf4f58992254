package dev.tempo.standalone.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files in which the broker keeps one partition.
 *
 * @param directory named topic-partition
 */
public record PartitionFiles(Path directory) {
    private static final String SEGMENT = ".log";

    /**
     * Whether a file is there that holds nothing but records before an offset; the file that the broker writes to never goes.
     *
     * @throws IOException if the directory cannot be read
     */
    public boolean holdBefore(long start) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            List<String> names =
                    files.map(file -> file.getFileName().toString()).toList();
            List<Long> begins = names.stream()
                    .filter(name -> name.endsWith(SEGMENT))
                    .map(name -> Long.parseLong(name.substring(0, name.length() - SEGMENT.length())))
                    .sorted()
                    .toList();
            return begins.size() > 1 && begins.get(1) <= start
                    || names.stream().anyMatch(name -> name.endsWith(".deleted"));
        } catch (NoSuchFileException gone) {
            return false;
        }
    }

    /**
     * The size of its segments in bytes, without Kafka's indexes of them, which are made long before they are filled.
     *
     * @throws IOException if the directory cannot be read
     */
    public long bytes() throws IOException {
        long bytes = 0;
        if (Files.isDirectory(directory)) {
            try (Stream<Path> files = Files.list(directory)) {
                for (Path file :
                        files.filter(name -> name.toString().endsWith(SEGMENT)).toList()) {
                    bytes += Files.size(file);
                }
            }
        }
        return bytes;
    }
}
