package dev.tempo.standalone.command;

import dev.tempo.contract.Run;
import dev.tempo.contract.UserException;
import dev.tempo.eval.report.ReportWriter;
import dev.tempo.runs.RunDirectory;
import dev.tempo.standalone.status.LoggedRun;
import dev.tempo.standalone.status.RunLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tempo report}: what a run has come to so far, or in the end. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Says where a run's report is, or writes one of what it has published so far.",
            "A finished run has its report in its directory. With --out one is written from the topics, of a run at any moment;"
                    + " it says nothing of machine and processor time, which no topic tells.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:The report is there.",
            "1:There is no such run, it has no report yet, or the broker cannot be reached.",
            "2:The command line is not understood."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./tempo report quickstart-s0-1121-141831",
            "  ./tempo report my-run --bootstrap kafka:9092 --out so-far"
        })
public final class ReportCommand implements Callable<Integer> {

    @Parameters(paramLabel = "RUN", description = "The id of a run.")
    private String run = "";

    @Option(names = "--out", paramLabel = "DIR", description = "Where to write a report now, a new directory.")
    private @Nullable Path out;

    @Mixin
    private final BrokerSource source = new BrokerSource();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Path target = out;
        if (target != null && Files.exists(target)) {
            throw new UserException(target + " is there already; name a new directory");
        }
        Path kept = source.place().workspace().run(run);
        if (target == null && source.bootstrap() == null && ReportWriter.isFinished(kept)) {
            say(new RunDirectory(kept).report());
            return 0;
        }
        source.open("./tempo report", connection -> {
            LoggedRun known = RunLog.read(connection).known(run);
            if (target == null) {
                refuseUnfinished(known);
                say(RunDirectory.of(known.run()).report());
            } else {
                write(known, target);
                say(new RunDirectory(target).report());
            }
        });
        return 0;
    }

    private static void refuseUnfinished(LoggedRun known) {
        Run run = known.run();
        if (known.standing() != LoggedRun.Standing.FINISHED) {
            throw new UserException("run " + run.run() + " is "
                    + known.standing().word() + " and has no report; --out DIR writes one of what is there");
        }
    }

    private static void write(LoggedRun known, Path target) {
        if (known.measured().isEmpty()) {
            throw new UserException("nothing of run " + known.run().run() + " is measured yet");
        }
        try {
            Files.createDirectories(target);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(target + " cannot be written", unwritable);
        }
        new ReportWriter(known.journal(), Map.of(), null).write(new RunDirectory(target));
    }

    private void say(Path report) {
        spec.commandLine().getOut().println(report);
    }
}
