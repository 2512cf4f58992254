package dev.tempo.standalone.launch;

import dev.tempo.contract.EvaluationReport;
import dev.tempo.contract.Run;
import dev.tempo.contract.UserException;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.datasets.comparison.KeptOutQuestions;
import dev.tempo.datasets.file.GivenFiles;
import dev.tempo.eval.report.CachedMeasurements;
import dev.tempo.messaging.Wire;
import dev.tempo.model.directory.ModelDirectory;
import dev.tempo.model.files.DurableFile;
import dev.tempo.recipes.ResolvedRecipe;
import dev.tempo.runs.RunDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import tools.jackson.core.JacksonException;

/**
 * A run's own directory: its submission as run.json, which is written last and makes it a run; its recipe with all that it
 * extends, what it was launched with, and the final policy.
 */
public final class RunRecord {
    private RunRecord() {}

    static List<EvaluationReport> readCachedReports(Path directory) {
        RunDirectory files = new RunDirectory(directory);
        List<EvaluationReport> reports =
                read(CachedMeasurements.class, files.cachedReports()).reports();
        refuseDamaged(files, files.cachedReports());
        return reports;
    }

    /**
     * The settings that a run was launched with, given only if its records can be read.
     *
     * @throws UserException if they cannot, or the file is damaged
     */
    static LaunchSettings readSettings(Path directory) {
        RunDirectory files = new RunDirectory(directory);
        LaunchSettings settings = anySettings(directory);
        settings.refuseOtherFormat(String.valueOf(directory.getFileName()), files.recipe());
        refuseDamaged(files, files.launchSettings());
        return settings;
    }

    /** The settings that a run was launched with, whatever the format of its records. */
    static LaunchSettings anySettings(Path directory) {
        return read(LaunchSettings.class, new RunDirectory(directory).launchSettings());
    }

    public static void write(Run run, LaunchSettings settings, Path recipeFile, List<EvaluationReport> cachedReports) {
        RunDirectory files = RunDirectory.of(run);
        try {
            DurableFile.write(files.recipe(), recipe(run, recipeFile).getBytes(StandardCharsets.UTF_8));
            noteKnownQuestions(run, files);
            noteGiven(run, files);
            Path submission = files.submission();
            Path beside = submission.resolveSibling("." + submission.getFileName());
            DurableFile.write(beside, Wire.write(run));
            DurableFile.write(files.cachedReports(), Wire.write(new CachedMeasurements(cachedReports)));
            DurableFile.write(files.launchSettings(), Wire.write(settings));
            String lines = Fingerprint.line(submission, beside)
                    + Fingerprint.line(files.cachedReports(), files.cachedReports())
                    + Fingerprint.line(files.launchSettings(), files.launchSettings())
                    + Fingerprint.line(files.given(), files.given());
            DurableFile.write(files.launched(), lines.getBytes(StandardCharsets.UTF_8));
            Files.move(beside, submission, StandardCopyOption.ATOMIC_MOVE);
        } catch (UncheckedIOException unwritable) {
            throw unwritten(files, cause(unwritable));
        } catch (IOException unwritable) {
            throw unwritten(files, unwritable);
        }
    }

    /** What a run leaves that is submitted to services elsewhere, which launch nothing: its submission and its recipe. */
    public static void submit(Run run, Path recipeFile) {
        RunDirectory files = RunDirectory.of(run);
        try {
            DurableFile.write(files.recipe(), recipe(run, recipeFile).getBytes(StandardCharsets.UTF_8));
            noteKnownQuestions(run, files);
            noteGiven(run, files);
            DurableFile.write(files.submission(), Wire.write(run));
        } catch (UncheckedIOException unwritable) {
            throw new UserException(files.path() + " cannot be written: " + FileTrouble.words(cause(unwritable))
                    + "; --runs is the directory that the services share");
        }
    }

    /** Only who submits sees every file; services that draw what arrives learn of the others' questions no more than this. */
    private static void noteKnownQuestions(Run run, RunDirectory files) {
        if (run.recipe().data().arriving() != null) {
            KeptOutQuestions.of(run.recipe()).write(files.knownQuestions());
        }
    }

    private static void noteGiven(Run run, RunDirectory files) {
        DurableFile.write(files.given(), GivenFiles.lines(given(run)).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Refuses a run whose data, base model's texts or plug-ins are no longer what it began with: it would go on to other bits.
     *
     * @throws UserException naming the file, and what to do
     */
    static void refuseChanged(Run run) {
        RunDirectory files = RunDirectory.of(run);
        if (!Files.exists(files.given())) {
            throw damaged(files.given(), "is gone, which says what its data were");
        }
        refuseDamaged(files, files.given());
        new GivenFiles(files.given()).refuseChanged(given(run));
    }

    /** The files that bear on the bits of a run, but for its weights, which are announced with their hash. */
    private static List<Path> given(Run run) {
        Recipe recipe = run.recipe();
        List<Path> given = new ArrayList<>();
        recipe.files().values().forEach(file -> given.add(Path.of(file)));
        given.addAll(new ModelDirectory(Path.of(recipe.model())).companions());
        given.addAll(PlugInFolders.of(run).jars());
        return given;
    }

    /** Whether the run in a directory was submitted to services elsewhere. */
    static boolean isElsewhere(Path directory) {
        RunDirectory files = new RunDirectory(directory);
        return !Files.exists(files.launchSettings()) && !Files.exists(files.launched());
    }

    /** Paths within the workspace are relative, so that it can be moved. */
    private static String recipe(Run run, Path recipeFile) {
        Path directory = Path.of(run.directory());
        Path runs = Objects.requireNonNullElse(directory.getParent(), directory);
        Path workspace = Objects.requireNonNullElse(runs.getParent(), runs);
        if (!run.recipe().trains()) {
            return "# What " + run.run()
                    + " measured: no recipe to run, since it has no stages. ./tempo eval measures\n"
                    + ResolvedRecipe.text(run.recipe(), directory, workspace);
        }
        return "# What run " + run.run() + " did: " + recipeFile.getFileName()
                + " with all that it extends and every default. Runs again by\n"
                + "# ./tempo run " + workspace.relativize(RunDirectory.of(run).recipe()) + "\n"
                + ResolvedRecipe.text(run.recipe(), directory, workspace);
    }

    static Run read(Workspace workspace, String id) {
        return read(workspace.known(id));
    }

    static Run read(Path directory) {
        RunDirectory files = new RunDirectory(directory);
        Run run = read(Run.class, files.submission());
        refuseDamaged(files, files.submission());
        return run;
    }

    private static <T> T read(Class<T> type, Path file) {
        try {
            return Wire.read(type, Files.readAllBytes(file));
        } catch (IOException unreadable) {
            throw damaged(file, "cannot be read (" + FileTrouble.words(unreadable) + ")");
        } catch (JacksonException | IllegalArgumentException torn) {
            throw damaged(file, "is damaged: it does not hold what a launch wrote there");
        }
    }

    /** Refuses a file that can be read, but is not what was written: one digit of a seed gives other bits. */
    private static void refuseDamaged(RunDirectory files, Path file) {
        try {
            String end = Fingerprint.SEPARATOR + file.getFileName();
            boolean other = Files.exists(files.launched())
                    && Files.readAllLines(files.launched(), StandardCharsets.ISO_8859_1).stream()
                            .anyMatch(
                                    line -> line.endsWith(end) && !(line + "\n").equals(Fingerprint.line(file, file)));
            if (other) {
                throw damaged(file, "is damaged: its SHA-256 is not the one in " + files.launched());
            }
        } catch (IOException unreadable) {
            throw damaged(files.launched(), "cannot be read (" + FileTrouble.words(unreadable) + ")");
        }
    }

    private static UserException damaged(Path file, String words) {
        return new UserException(
                file + " " + words + "; put it back from a copy, or compute the run anew by ./tempo run "
                        + new RunDirectory(file.resolveSibling("")).recipe());
    }

    private static IOException cause(UncheckedIOException unwritable) {
        return Objects.requireNonNull(unwritable.getCause(), "it has one");
    }

    private static UserException unwritten(RunDirectory files, IOException trouble) {
        return new UserException(files.path() + " cannot be written: " + FileTrouble.words(trouble));
    }
}
