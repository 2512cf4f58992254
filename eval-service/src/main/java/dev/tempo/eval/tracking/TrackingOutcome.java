package dev.tempo.eval.tracking;

import dev.tempo.messaging.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * mlflow.json: what MLflow had of a run's measurements when the run ended.
 *
 * @param server its address
 * @param run MLflow's id of the run; null where MLflow knows nothing of it
 * @param sent lines of metrics.jsonl that MLflow has acknowledged
 * @param lines that there are
 * @param problem what kept the rest, and since when; null where there is none
 */
public record TrackingOutcome(
        String server,
        @Nullable String run,
        int sent,
        int lines,
        @Nullable String problem) {

    /** The outcome that lies in a file. */
    public static Optional<TrackingOutcome> in(Path file) {
        try {
            return Files.exists(file)
                    ? Optional.of(Wire.read(TrackingOutcome.class, Files.readAllBytes(file)))
                    : Optional.empty();
        } catch (IOException | JacksonException | IllegalArgumentException damaged) {
            return Optional.empty();
        }
    }

    /** Writes it to a file. */
    public void write(Path file) {
        try {
            Path beside = Files.write(file.resolveSibling("." + file.getFileName()), Wire.write(this));
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(file + " cannot be written", unwritable);
        }
    }

    /** The sentence for whoever ran it. */
    public String words() {
        return problem == null
                ? "MLflow at " + server + " has all that was measured, as run " + run
                : "MLflow at " + server + " has " + sent + " of the " + lines + " lines of metrics.jsonl, for "
                        + problem + "; the run itself is complete";
    }
}
