package dev.tempo.standalone.command;

import dev.tempo.contract.UserException;
import dev.tempo.standalone.launch.BrokerConnection;
import dev.tempo.standalone.launch.FileTrouble;
import dev.tempo.standalone.launch.KeptRun;
import dev.tempo.standalone.launch.Workspace;
import dev.tempo.standalone.launch.WorkspaceLock;
import dev.tempo.standalone.removal.LogCleaning;
import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
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
            "Deletes runs with all their files and records.",
            "Where other runs are kept, the workspace's broker is started for it. A log loses its beginning or nothing:"
                    + " records that lie among those of a kept run go when that run does. With the last run the whole"
                    + " log goes. Cached stages are copies and stay. A run whose files are gone already can be named"
                    + " as long as the broker knows it.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:The runs are deleted.",
            "1:A run is not there or needed by another, a launcher is at work, a port of the broker is in use, or it was"
                    + " not confirmed: nothing is deleted. Or not all could be deleted: say it again.",
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
        if (LogCleaning.hasLog(workspace)) {
            // before anything is logged: where to is asked once
            BrokerConnection.quietly(workspace);
        }
        try (WorkspaceLock lock = workspace.lock("./tempo rm", System.err::println)) {
            List<KeptRun> present = workspace.runs().stream()
                    .map(id -> KeptRun.of(workspace, id))
                    .toList();
            List<KeptRun> staying =
                    present.stream().filter(run -> !wanted.contains(run.id())).toList();
            List<KeptRun> leaving =
                    present.stream().filter(run -> wanted.contains(run.id())).toList();
            Set<String> gone = new LinkedHashSet<>(wanted);
            leaving.forEach(run -> gone.remove(run.id()));
            if (!LogCleaning.hasLog(workspace)) {
                gone.forEach(workspace::known);
            }
            staying.forEach(run -> refuseNeeded(workspace, run, wanted));
            refuseUnasked();
            boolean last = staying.isEmpty();
            if (LogCleaning.hasLog(workspace) && (!last || !gone.isEmpty())) {
                removeWithRecords(workspace, leaving, gone, staying);
            } else {
                confirm(leaving, gone);
                System.out.println(megabytes(deleteFiles(workspace, leaving)) + " of files freed");
            }
            if (last && Files.isDirectory(workspace.broker())) {
                long bytes = KeptRun.size(workspace.broker());
                delete(workspace.broker());
                workspace.spendNone();
                System.out.println(megabytes(bytes) + " of the broker's log freed");
            }
            return 0;
        } catch (IOException undeletable) {
            throw new UserException("not all could be deleted: " + FileTrouble.words(undeletable));
        }
    }

    /** Files first: what a kill leaves are records without files, which the same command finds by the topic runs. */
    private void removeWithRecords(Workspace workspace, List<KeptRun> leaving, Set<String> gone, List<KeptRun> staying)
            throws IOException {
        try (LogCleaning log = LogCleaning.start(workspace, place.ports())) {
            Set<String> announced = log.announced();
            gone.stream().filter(id -> !announced.contains(id)).forEach(workspace::known);
            confirm(leaving, gone);
            workspace.spend(Stream.concat(leaving.stream().map(KeptRun::id), gone.stream())
                    .toList());
            System.out.println(megabytes(deleteFiles(workspace, leaving)) + " of files freed");
            if (staying.isEmpty()) {
                return;
            }
            Set<String> kept = new HashSet<>(announced);
            kept.removeAll(runs);
            staying.forEach(run -> kept.add(run.id()));
            LogCleaning.Freed freed = log.remove(kept::contains);
            System.out.println(megabytes(freed.freed()) + " of the broker's log freed"
                    + (freed.left() == 0
                            ? ""
                            : "; about " + megabytes(freed.left())
                                    + " of removed runs lie among records of kept ones and go with those"));
        }
    }

    private static long deleteFiles(Workspace workspace, List<KeptRun> leaving) throws IOException {
        long bytes = 0;
        for (KeptRun run : leaving) {
            bytes += run.bytes();
            delete(workspace.run(run.id()));
        }
        return bytes;
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

    private void refuseUnasked() {
        if (!yes && System.console() == null) {
            throw new UserException("nobody can be asked here; say --yes to delete");
        }
    }

    private void confirm(List<KeptRun> leaving, Set<String> gone) {
        if (yes) {
            return;
        }
        leaving.forEach(run -> System.out.println(run.id() + " (" + run.state() + ", " + megabytes(run.bytes()) + ")"));
        gone.forEach(id -> System.out.println(id + " (its records; its files are gone)"));
        Console console = System.console();
        String answer = console == null ? null : console.readLine("delete for good? [y/N] ");
        if (answer == null || !answer.strip().toLowerCase(Locale.ROOT).startsWith("y")) {
            throw new UserException("nothing is deleted");
        }
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MB", bytes / MEGABYTE);
    }

    /** Deletes in a moment as others see it: half a run is never met under its name. */
    private static void delete(Path directory) throws IOException {
        Path leaving = directory.resolveSibling("." + directory.getFileName() + ".leaving");
        FileSystemUtils.deleteRecursively(leaving);
        Files.move(directory, leaving);
        FileSystemUtils.deleteRecursively(leaving);
    }
}
