package dev.tempo.standalone.command;

import dev.tempo.contract.UserException;
import dev.tempo.standalone.launch.FileTrouble;
import dev.tempo.standalone.launch.KeptRun;
import dev.tempo.standalone.launch.Workspace;
import dev.tempo.standalone.launch.WorkspaceLock;
import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.springframework.util.FileSystemUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tempo rm}: runs deleted. */
@Command(
        name = "rm",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Deletes runs with all their files.",
            "A run's records stay in the broker's log as long as another run is kept; with the last run the log goes"
                    + " too. Cached stages are copies and stay.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:The runs are deleted.",
            "1:A run is not there or needed by another, a launcher is at work, or it was not confirmed; nothing is"
                    + " deleted.",
            "2:The command line is not understood."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  ./tempo rm quickstart-s0-1121-141831", "  ./tempo rm --yes RUN RUN"})
public final class RmCommand implements Callable<Integer> {
    private static final double MEGABYTE = 1e6;

    @Parameters(arity = "1..*", paramLabel = "RUN", description = "The ids of the runs.")
    private List<String> runs = List.of();

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    private boolean yes;

    @Mixin
    private final Place place = new Place();

    @Override
    public Integer call() {
        Workspace workspace = place.workspace();
        Set<String> wanted = new LinkedHashSet<>(runs);
        wanted.forEach(workspace::known);
        try (WorkspaceLock lock = workspace.lock("./tempo rm", System.err::println)) {
            List<KeptRun> kept = workspace.runs().stream()
                    .map(id -> KeptRun.of(workspace, id))
                    .toList();
            kept.stream()
                    .filter(run -> !wanted.contains(run.id()))
                    .forEach(run -> refuseNeeded(workspace, run, wanted));
            List<KeptRun> leaving =
                    kept.stream().filter(run -> wanted.contains(run.id())).toList();
            confirm(leaving);
            long bytes = 0;
            for (KeptRun run : leaving) {
                bytes += run.bytes();
                delete(workspace.run(run.id()));
            }
            boolean last = leaving.size() == kept.size();
            if (last && Files.isDirectory(workspace.broker())) {
                bytes += KeptRun.size(workspace.broker());
                delete(workspace.broker());
            }
            System.out.println(String.format(Locale.ROOT, "%.1f MB freed", bytes / MEGABYTE)
                    + (last ? "" : "; the records stay in the broker's log, which other runs use"));
            return 0;
        } catch (IOException undeletable) {
            throw new UserException("not all could be deleted: " + FileTrouble.words(undeletable));
        }
    }

    /** A run may have been begun with a model that another one made. */
    private static void refuseNeeded(Workspace workspace, KeptRun run, Set<String> leaving) {
        if (run.submission() == null) {
            return;
        }
        Path model = Path.of(run.submission().recipe().model()).toAbsolutePath().normalize();
        for (String id : leaving) {
            if (model.startsWith(workspace.run(id))) {
                throw new UserException("run " + run.id() + " began with " + model + ", a model of run " + id
                        + "; delete that run too, or keep both");
            }
        }
    }

    private void confirm(List<KeptRun> leaving) {
        if (yes) {
            return;
        }
        Console console = System.console();
        if (console == null) {
            throw new UserException("nobody can be asked here; say --yes to delete");
        }
        leaving.forEach(run -> System.out.println(
                String.format(Locale.ROOT, "%s (%s, %.1f MB)", run.id(), run.state(), run.bytes() / MEGABYTE)));
        String answer = console.readLine("delete for good? [y/N] ");
        if (answer == null || !answer.strip().toLowerCase(Locale.ROOT).startsWith("y")) {
            throw new UserException("nothing is deleted");
        }
    }

    /** Deletes in a moment as others see it: half a run is never met under its name. */
    private static void delete(Path directory) throws IOException {
        Path leaving = directory.resolveSibling("." + directory.getFileName() + ".leaving");
        FileSystemUtils.deleteRecursively(leaving);
        Files.move(directory, leaving);
        FileSystemUtils.deleteRecursively(leaving);
    }
}
