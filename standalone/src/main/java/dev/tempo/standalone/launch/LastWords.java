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

    /** The last line of a log that is part of no stack trace. */
    static Optional<String> lastLine(Path log) {
        return end(log).lines()
                .filter(line -> !line.isBlank() && !Character.isWhitespace(line.charAt(0)))
                .reduce((before, after) -> after)
                .map(LastWords::inOneSpace);
    }

    /** Whether the end of a log holds these words. */
    static boolean says(Path log, String words) {
        return end(log).contains(words);
    }

    private static Optional<String> last(Path log, String with) {
        return end(log).lines()
                .filter(line -> line.matches(TIMED) && line.contains(with))
                .reduce((before, after) -> after)
                .map(LastWords::inOneSpace);
    }

    private static String inOneSpace(String line) {
        return line.replaceAll(" +", " ").strip();
    }

    private static String end(Path log) {
        if (!Files.exists(log)) {
            return "";
        }
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            long from = Math.max(0, file.length() - LOOKED_AT);
            byte[] end = new byte[(int) (file.length() - from)];
            file.seek(from);
            file.readFully(end);
            return new String(end, StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            return "";
        }
    }
}
