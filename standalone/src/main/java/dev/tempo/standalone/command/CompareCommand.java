package dev.tempo.standalone.command;

import dev.tempo.contract.UserException;
import dev.tempo.contract.recipe.EvaluationSet;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.datasets.DataFileException;
import dev.tempo.datasets.file.GivenFiles;
import dev.tempo.datasets.file.NamedData;
import dev.tempo.eval.report.ComparedRun;
import dev.tempo.eval.report.Comparison;
import dev.tempo.eval.report.ReportWriter;
import dev.tempo.runs.RunDirectory;
import dev.tempo.standalone.launch.Fingerprint;
import dev.tempo.standalone.launch.Launch;
import dev.tempo.standalone.progress.Screen;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tempo compare}: finished runs in one table and one picture. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Lays finished runs over each other.",
            "It prints the scores with which each began and ended its last stage, and writes a picture for each score.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:The comparison is printed and written.",
            "1:A run is not there or not finished.",
            "2:The command line is not understood."
        },
        footerHeading = "%nExample:%n",
        footer = "  ./tempo compare quickstart-s0-1121-141831 quickstart-ttrl-s0-1121-150212")
public final class CompareCommand implements Callable<Integer> {

    @Parameters(
            arity = "1..*",
            paramLabel = "RUN",
            description = "The ids of the runs, or directories that hold a summary.json.")
    private List<String> runs = List.of();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where compare.md and the pictures are written (default: runs/compare of the workspace).")
    private @Nullable Path out;

    @Mixin
    private final Place place = new Place();

    @Override
    public Integer call() {
        List<ComparedRun> compared = new ArrayList<>();
        for (String run : runs) {
            Path directory = run.contains("/") && Files.isDirectory(Path.of(run))
                    ? Path.of(run)
                    : place.workspace().known(run);
            if (!Files.isRegularFile(new RunDirectory(directory).summary())) {
                throw new UserException("'" + run + "' is no finished run: " + new RunDirectory(directory).summary()
                        + " is missing; go on with the run by ./tempo run --resume " + run);
            }
            compared.add(compared(directory));
        }
        Comparison comparison = new Comparison(compared);
        Path target = out == null ? place.workspace().run("compare") : out;
        comparison.write(target);
        int width = Screen.ofThisProcess().width();
        System.out.println(comparison.legend(width));
        System.out.println(comparison.table(width));
        System.out.println("pictures in " + target.resolve("compare.md"));
        return 0;
    }

    private static ComparedRun compared(Path directory) {
        Recipe recipe = Files.isRegularFile(new RunDirectory(directory).submission())
                ? Launch.submission(directory).recipe()
                : null;
        Map<String, String> questions = new HashMap<>();
        if (recipe != null) {
            recipe.evaluation()
                    .sets()
                    .forEach((set, file) ->
                            asked(directory, recipe, file).ifPresent(asked -> questions.put(set, asked)));
        }
        Path every = new RunDirectory(directory).questions();
        return new ComparedRun(
                ReportWriter.read(directory), recipe, questions, Files.isRegularFile(every) ? every : null);
    }

    /** What a set's questions were and in which words they were asked; empty where its file is no more what the run was given. */
    private static Optional<String> asked(Path directory, Recipe recipe, EvaluationSet set) {
        Path file = Path.of(set.file());
        if (!NamedData.exists(file)) {
            return Optional.empty();
        }
        try {
            new GivenFiles(new RunDirectory(directory).given()).refuseChanged(file);
        } catch (DataFileException changed) {
            return Optional.empty();
        }
        return Optional.of(String.join(
                "\n",
                Fingerprint.dataSha256(set.file()),
                String.valueOf(set.id()),
                String.valueOf(set.question()),
                String.valueOf(set.answer()),
                String.valueOf(recipe.generation().prompt()),
                String.valueOf(recipe.generation().chat())));
    }
}
