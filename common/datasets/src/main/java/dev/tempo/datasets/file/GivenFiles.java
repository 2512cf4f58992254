package dev.tempo.datasets.file;

import dev.tempo.datasets.DataFileException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The contents of the files that a run was given and that lie where their owner keeps them, as hashes in a file of the run's own that
 * {@code sha256sum -c} reads. A row that is changed while the run is stopped, or between two starts of a service, would give other
 * bits than its recipe does, and nobody would know.
 *
 * @param noted where the hashes lie
 */
public record GivenFiles(Path noted) {
    private static final String SEPARATOR = "  ";

    /**
     * The lines that note files as they are now.
     *
     * @param given files, or directories of data as a recipe names them
     * @throws DataFileException naming the file, if one cannot be read
     */
    public static String lines(Collection<Path> given) {
        Map<Path, String> hashes = new TreeMap<>();
        given.forEach(data -> hashes.putAll(hashes(data)));
        StringBuilder lines = new StringBuilder();
        hashes.forEach((file, hash) ->
                lines.append(hash).append(SEPARATOR).append(file).append('\n'));
        return lines.toString();
    }

    /**
     * Refuses data that are not what was noted; where nothing was noted at all, nothing is refused.
     *
     * @param data a file, or a directory of data, that the run was given
     * @throws DataFileException naming the file that was changed, is gone or has come
     */
    public void refuseChanged(Path data) {
        refuseChanged(List.of(data));
    }

    /** Refuses anything that is not what was noted, as {@link #refuseChanged(Path)} does, of files and directories alike. */
    public void refuseChanged(Collection<Path> given) {
        if (Files.exists(noted)) {
            Map<Path, String> then = read();
            given.forEach(data -> refuseChanged(data, then));
        }
    }

    private void refuseChanged(Path data, Map<Path, String> then) {
        Map<Path, String> now = hashes(data);
        now.forEach((file, hash) -> {
            if (!hash.equals(then.get(file))) {
                throw new DataFileException(
                        file,
                        (then.containsKey(file)
                                        ? "has been changed since the run began"
                                        : "was not there when the run began")
                                + " (" + noted + " has what was); " + remedy());
            }
        });
        Path folder = absolute(data);
        then.keySet().stream()
                .filter(file -> file.startsWith(folder) && !now.containsKey(file))
                .findFirst()
                .ifPresent(gone -> {
                    throw new DataFileException(gone, "was there when the run began, and is gone; " + remedy());
                });
    }

    private static String remedy() {
        return "put back what was, or begin a new run";
    }

    private static Map<Path, String> hashes(Path data) {
        Map<Path, String> hashes = new LinkedHashMap<>();
        NamedData.of(data).files().forEach(file -> hashes.put(absolute(file), sha256(file)));
        return hashes;
    }

    private Map<Path, String> read() {
        Map<Path, String> hashes = new TreeMap<>();
        try {
            for (String line : Files.readAllLines(noted, StandardCharsets.UTF_8)) {
                int end = line.indexOf(SEPARATOR);
                if (end < 0) {
                    throw new DataFileException(noted, "is damaged: it holds the line '" + line + "'");
                }
                hashes.put(Path.of(line.substring(end + SEPARATOR.length())), line.substring(0, end));
            }
        } catch (IOException unreadable) {
            throw DataFileException.unreadable(noted, unreadable);
        }
        return hashes;
    }

    private static Path absolute(Path path) {
        return path.toAbsolutePath().normalize();
    }

    private static String sha256(Path file) {
        try (InputStream content = Files.newInputStream(file)) {
            return DigestUtils.sha256Hex(content);
        } catch (IOException unreadable) {
            throw DataFileException.unreadable(file, unreadable);
        }
    }
}
