package dev.tempo.standalone.command;

import dev.tempo.contract.Run;
import dev.tempo.contract.UserException;
import dev.tempo.messaging.Wire;
import dev.tempo.standalone.launch.KeptRun;
import dev.tempo.standalone.launch.Workspace;
import dev.tempo.standalone.status.LiveStatus;
import dev.tempo.standalone.status.LoggedStatus;
import dev.tempo.standalone.status.RunAtWork;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
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

/** {@code tempo status}: what a run does now, and which service does not answer. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Says what a run waits for and which service does not answer.",
            "Of the run at work it says of every service its state, newest version and last line of log; of every topic what"
                    + " the present round has asked for and got; and which groups of readers are behind.",
            "Of a run that is not at work it says what there is and how to go on. With --bootstrap it asks a broker elsewhere:"
                    + " which runs it knows and how far each is or, of one, also topics and groups.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:The run is described; with --bootstrap and RUN: it is finished.",
            "1:There is no such run, or none is at work and none is named, or the broker cannot be reached.",
            "2:The command line is not understood.",
            "3:With --bootstrap and RUN: it is not over yet.",
            "4:With --bootstrap and RUN: it was cancelled."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./tempo status",
            "  ./tempo status quickstart-s0-1121-141831 --json",
            "  ./tempo status my-run --bootstrap kafka:9092"
        })
public final class StatusCommand implements Callable<Integer> {

    @Parameters(
            arity = "0..1",
            paramLabel = "RUN",
            description = "The id of a run (default: the one at work in the workspace).")
    private @Nullable String run;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Mixin
    private final BrokerSource source = new BrokerSource();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        if (source.bootstrap() != null) {
            int[] status = {0};
            source.open(
                    "./tempo status",
                    connection ->
                            status[0] = new LoggedStatus(spec.commandLine().getOut(), json).tell(connection, run));
            return status[0];
        }
        Workspace workspace = source.place().workspace();
        String id = run != null
                ? run
                : workspace
                        .runAtWork()
                        .orElseThrow(() -> new UserException(
                                "no run is at work in " + workspace.root() + "; name one, as ./tempo ls lists them"));
        KeptRun kept = KeptRun.of(workspace, id);
        PrintWriter out = spec.commandLine().getOut();
        Run submission = kept.submission();
        if (kept.state() == KeptRun.State.RUNNING && submission != null) {
            RunAtWork atWork = RunAtWork.look(workspace, source.ports(), submission);
            new LiveStatus(out, json).tell(kept, atWork);
        } else if (json) {
            Map<String, @Nullable Object> fields = kept.fields();
            fields.put("services", List.of());
            out.println(new String(Wire.write(fields), StandardCharsets.UTF_8));
        } else {
            print(out, kept);
        }
        return 0;
    }

    private static void print(PrintWriter out, KeptRun kept) {
        out.println(LiveStatus.heading(kept, kept.state().toString()));
        String more = switch (kept.state()) {
            case SUBMITTED -> "its broker says how far it is: ./tempo status " + kept.id() + " --bootstrap HOST:PORT";
            case STOPPED -> "go on with ./tempo run --resume " + kept.id();
            case CANCELLED -> "nothing goes on with it; its files are kept until ./tempo rm " + kept.id();
            case FINISHED -> "its report is runs/" + kept.id() + "/report.md";
            case OTHER_FORMAT -> "only the version of tempo that began it goes on with it";
            case DAMAGED, RUNNING -> "its run.json or launch.json cannot be read";
        };
        out.println(more);
    }
}
