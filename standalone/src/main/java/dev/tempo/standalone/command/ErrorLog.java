package dev.tempo.standalone.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

/**
 * The place for stack traces: the run's own launcher.log once there is one, otherwise a file of the usual workspace.
 */
final class ErrorLog {
    private ErrorLog() {}

    /** The file, in words, to which a failure's stack trace was added. */
    static String append(Throwable failure) {
        String named = System.getProperty("tempo.log");
        Path file = named != null
                ? Path.of(named)
                : Place.usualWorkspace().resolve(".tempo").resolve("errors.log");
        try {
            write(file, failure);
            return file.toString();
        } catch (IOException unwritable) {
            Path elsewhere = Path.of(System.getProperty("java.io.tmpdir"), "tempo-errors.log");
            try {
                write(elsewhere, failure);
                return elsewhere.toString();
            } catch (IOException unwritableToo) {
                return "no file, since neither " + file + " nor " + elsewhere + " can be written";
            }
        }
    }

    private static void write(Path file, Throwable failure) throws IOException {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace, true));
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, Instant.now() + " " + trace, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
