package dev.tempo.standalone.launch;

import dev.tempo.contract.EvaluationReport;
import dev.tempo.contract.Run;
import dev.tempo.contract.UserException;
import dev.tempo.messaging.Wire;
import dev.tempo.recipes.ResolvedRecipe;
import dev.tempo.runs.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import tools.jackson.core.JacksonException;

/**
 * A run's own directory: its submission as run.json, which is written last and makes it a run; its recipe with all that it
 * extends, what it was launched with, and the final policy.
 */
public final class RunRecord {
    private RunRecord() {}

    /** Measurements of stages that came from the cache. */
    public record Cached(List<EvaluationReport> reports) {
        public Cached {
            reports = List.copyOf(reports);
        }
    }

    static List<EvaluationReport> readCachedReports(Path directory) {
        return read(Cached.class, new RunDirectory(directory).cachedReports()).reports();
    }

    /**
     * The settings that a run was launched with, given only if its records can be read.
     *
     * @throws UserException if they cannot, or the file is damaged
     */
    static LaunchSettings readSettings(Path directory) {
        LaunchSettings settings = anySettings(directory);
        settings.refuseOtherFormat(String.valueOf(directory.getFileName()), new RunDirectory(directory).recipe());
        return settings;
    }

    /** The settings that a run was launched with, whatever the format of its records. */
    static LaunchSettings anySettings(Path directory) {
        return read(LaunchSettings.class, new RunDirectory(directory).launchSettings());
    }

    public static void write(Run run, LaunchSettings settings, Path recipeFile, List<EvaluationReport> cachedReports) {
        RunDirectory files = RunDirectory.of(run);
        try {
            Files.createDirectories(files.path());
            Files.writeString(files.recipe(), recipe(run, recipeFile));
            Files.write(files.cachedReports(), Wire.write(new Cached(cachedReports)));
            Files.write(files.launchSettings(), Wire.write(settings));
            Path submission = files.submission();
            Path beside = Files.write(submission.resolveSibling("." + submission.getFileName()), Wire.write(run));
            Files.move(beside, submission, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException unwritable) {
            throw new UserException(files.path() + " cannot be written: " + FileTrouble.words(unwritable));
        }
    }

    /** Paths within the workspace are relative, so that it can be moved. */
    private static String recipe(Run run, Path recipeFile) {
        Path directory = Path.of(run.directory());
        Path runs = Objects.requireNonNullElse(directory.getParent(), directory);
        Path workspace = Objects.requireNonNullElse(runs.getParent(), runs);
        return "# What run " + run.run() + " did: " + recipeFile.getFileName()
                + " with all that it extends and every default. Runs again by\n"
                + "# ./tempo run " + workspace.relativize(RunDirectory.of(run).recipe()) + "\n"
                + ResolvedRecipe.text(run.recipe(), directory, workspace);
    }

    static Run read(Workspace workspace, String id) {
        return read(workspace.known(id));
    }

    static Run read(Path directory) {
        return read(Run.class, new RunDirectory(directory).submission());
    }

    private static <T> T read(Class<T> type, Path file) {
        try {
            return Wire.read(type, Files.readAllBytes(file));
        } catch (IOException unreadable) {
            throw new UserException(file + " cannot be read: " + FileTrouble.words(unreadable));
        } catch (JacksonException | IllegalArgumentException damaged) {
            throw new UserException(file + " is damaged: it does not hold what a launch wrote there");
        }
    }
}
