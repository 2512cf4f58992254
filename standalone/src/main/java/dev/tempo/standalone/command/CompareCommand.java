package dev.tempo.standalone.command;

import dev.tempo.standalone.launch.LaunchException;
import dev.tempo.standalone.report.Comparison;
import dev.tempo.standalone.report.ReportWriter;
import dev.tempo.standalone.report.Summary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
        description = "Lay finished runs over each other: a table, and a picture per score.")
public final class CompareCommand implements Callable<Integer> {

    @Parameters(arity = "1..*", paramLabel = "RUN", description = "Run ids, or directories that hold a summary.json.")
    private List<String> runs = List.of();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where compare.md and the pictures go (default: runs/compare of the workspace).")
    private @Nullable Path out;

    @Mixin
    private final Place place = new Place();

    @Override
    public Integer call() {
        List<Summary> summaries = new ArrayList<>();
        for (String run : runs) {
            Path directory = Files.isDirectory(Path.of(run))
                    ? Path.of(run)
                    : place.workspace().run(run);
            if (!Files.isRegularFile(directory.resolve("summary.json"))) {
                throw new LaunchException("'" + run + "' is no finished run: " + directory.resolve("summary.json")
                        + " is missing; runs here: " + place.workspace().runs());
            }
            summaries.add(ReportWriter.read(directory));
        }
        Comparison comparison = new Comparison(summaries);
        Path target = out == null ? place.workspace().run("compare") : out;
        comparison.write(target);
        System.out.println(comparison.table(false));
        System.out.println("pictures in " + target.resolve("compare.md"));
        return 0;
    }
}
