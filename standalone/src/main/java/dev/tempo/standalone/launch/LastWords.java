package dev.tempo.standalone.launch;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The last line that each service has logged for a run, whether it is a process of its own or not. */
final class LastWords {
    private static final int LOOKED_AT = 1 << 16;
    /** A line that begins with a time, as those do that belong to no stack trace. */
    private static final String TIMED = "\\d\\d.*\\d\\d:\\d\\d.*|\\d\\d:\\d\\d.*";

    private final Path logs;

    /** @param logs the directory of the run's logs */
    LastWords(Path logs) {
        this.logs = logs;
    }

    Optional<String> of(Service service) {
        Path own = logs.resolve(service.module() + ".log");
        return last(own, "").or(() -> last(logs.resolve("launcher.log"), "." + service.shortName() + "."));
    }

    private static Optional<String> last(Path log, String with) {
        if (!Files.exists(log)) {
            return Optional.empty();
        }
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            long from = Math.max(0, file.length() - LOOKED_AT);
            byte[] end = new byte[(int) (file.length() - from)];
            file.seek(from);
            file.readFully(end);
            return new String(end, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.matches(TIMED) && line.contains(with))
                    .reduce((before, after) -> after)
                    .map(line -> line.replaceAll(" +", " ").strip());
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}
