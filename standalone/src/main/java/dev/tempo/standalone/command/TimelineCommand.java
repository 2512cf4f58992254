package dev.tempo.standalone.command;

import dev.tempo.contract.UserException;
import dev.tempo.messaging.Wire;
import dev.tempo.standalone.launch.FileTrouble;
import dev.tempo.standalone.launch.Workspace;
import dev.tempo.standalone.progress.TimelineText;
import dev.tempo.timeline.TimelineFiles;
import dev.tempo.timeline.analysis.MeanRound;
import dev.tempo.timeline.analysis.RoundTimeline;
import dev.tempo.timeline.analysis.RunTimeline;
import dev.tempo.timeline.analysis.TraceFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tempo timeline}: where the time of a run's rounds goes. */
@Command(
        name = "timeline",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Says where the time of a run's rounds goes.",
            "What each service computed, loaded, hashed, wrote and sent, what waited for whom, the chain that a round's length is"
                    + " made of, and how idle the cores were. The averages are of all rounds that are kept whole, or of those that"
                    + " made the versions that are named. It reads the run's timeline/, at work or not.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:The timeline is printed.",
            "1:There is no such run, or no whole round of it is recorded.",
            "2:The command line is not understood."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./tempo timeline",
            "  ./tempo timeline quickstart-s0-1121-141831 --from 11 --to 30",
            "  ./tempo timeline --trace trace.json     (then open it in https://ui.perfetto.dev)"
        })
public final class TimelineCommand implements Callable<Integer> {

    @Parameters(arity = "0..1", paramLabel = "RUN", description = "The id of a run (default: the newest).")
    private @Nullable String run;

    @Option(names = "--from", paramLabel = "N", description = "Leave out the rounds that made versions before vN.")
    private int from;

    @Option(names = "--to", paramLabel = "N", description = "Leave out the rounds that made versions after vN.")
    private int to = Integer.MAX_VALUE;

    @Option(names = "--json", description = "Print one JSON object a line, for each round one; times are microseconds.")
    private boolean json;

    @Option(
            names = "--trace",
            paramLabel = "FILE",
            description = "Write a trace for Perfetto or Chrome (Trace Event Format), of all that is kept.")
    private @Nullable Path trace;

    @Mixin
    private final Place place = new Place();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Workspace workspace = place.workspace();
        String id = run != null ? run : newest(workspace);
        Path directory = workspace.known(id);
        TimelineFiles.Recorded recorded = read(directory);
        List<RoundTimeline> all = RunTimeline.rounds(recorded);
        List<RoundTimeline> rounds = all.stream()
                .filter(round -> round.version() >= from && round.version() <= to)
                .toList();
        Path file = trace;
        if (file != null) {
            writeTrace(recorded, all, file);
        }
        if (rounds.isEmpty()) {
            throw new UserException("no whole round of run " + id + " is recorded in " + TimelineFiles.in(directory)
                    + (all.isEmpty()
                            ? ""
                            : ", from --from to --to; there are those that made v"
                                    + all.get(0).version() + " to v"
                                    + all.get(all.size() - 1).version()));
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            rounds.forEach(round -> out.println(new String(Wire.write(fields(id, round)), StandardCharsets.UTF_8)));
        } else {
            new TimelineText(out).print(id, rounds, MeanRound.of(rounds));
        }
        if (file != null && !json) {
            out.println();
            out.println("trace    " + file + "  (open it in https://ui.perfetto.dev)");
        }
        return 0;
    }

    private static String newest(Workspace workspace) {
        return workspace.newest().orElseThrow(() -> new UserException("no run yet in " + workspace.root()));
    }

    private static TimelineFiles.Recorded read(Path directory) {
        try {
            return TimelineFiles.read(directory);
        } catch (UncheckedIOException unreadable) {
            throw new UserException(unreadable.getMessage() + ": " + words(unreadable));
        }
    }

    private static void writeTrace(TimelineFiles.Recorded recorded, List<RoundTimeline> rounds, Path file) {
        try {
            TraceFile.write(recorded, rounds, file);
        } catch (UncheckedIOException unwritable) {
            throw new UserException(unwritable.getMessage() + ": " + words(unwritable));
        }
    }

    private static String words(UncheckedIOException failed) {
        IOException cause = failed.getCause();
        return cause == null ? failed.toString() : FileTrouble.words(cause);
    }

    private static Map<String, Object> fields(String id, RoundTimeline round) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("run", id);
        fields.put("version", round.version());
        fields.put("micros", round.micros());
        fields.put("from", round.from());
        fields.put("path", round.path());
        fields.put("work", round.work());
        fields.put("waits", round.waits());
        fields.put("processes", round.processes());
        fields.put("idle", round.idle());
        return fields;
    }
}
