package dev.tempo.standalone.launch;

import dev.tempo.contract.EvaluationReport;
import dev.tempo.contract.RunSubmitted;
import dev.tempo.messaging.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** A run's own directory: its submission as run.json, its recipe as written, and the final policy. */
public final class RunRecord {
    private static final String FILE = "run.json";

    private static final String CACHED = "cached-reports.json";

    private RunRecord() {}

    /** Measurements of stages that came from the cache. */
    record Cached(List<EvaluationReport> reports) {
        Cached {
            reports = List.copyOf(reports);
        }
    }

    static List<EvaluationReport> readCachedReports(Path directory) {
        Path file = directory.resolve(CACHED);
        try {
            return Wire.read(Cached.class, Files.readAllBytes(file)).reports();
        } catch (IOException unreadable) {
            throw new LaunchException(file + " cannot be read: " + unreadable.getMessage());
        }
    }

    public static void write(RunSubmitted run, Path recipeFile, List<EvaluationReport> cachedReports) {
        Path directory = Path.of(run.directory());
        try {
            Files.createDirectories(directory);
            Files.write(directory.resolve(FILE), Wire.write(run));
            Files.write(directory.resolve(CACHED), Wire.write(new Cached(cachedReports)));
            Files.copy(recipeFile, directory.resolve("recipe.yaml"), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException unwritable) {
            throw new LaunchException(directory + " cannot be written: " + unwritable.getMessage());
        }
    }

    static RunSubmitted read(Workspace workspace, String id) {
        Path file = workspace.run(id).resolve(FILE);
        try {
            return Wire.read(RunSubmitted.class, Files.readAllBytes(file));
        } catch (NoSuchFileException missing) {
            throw new LaunchException(
                    "no run '" + id + "' in " + workspace.root().resolve("runs") + "; there are " + workspace.runs());
        } catch (IOException unreadable) {
            throw new LaunchException(file + " cannot be read: " + unreadable.getMessage());
        }
    }

    /** Copies the last version's Hugging Face directory to {@code final/}. */
    static void keepFinal(Path runDirectory, Path version) {
        Path target = runDirectory.resolve("final");
        try (Stream<Path> files = Files.list(version)) {
            Files.createDirectories(target);
            for (Path file : files.toList()) {
                Files.copy(file, target.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException uncopied) {
            throw new UncheckedIOException(target + " cannot be written", uncopied);
        }
    }
}
