package dev.tempo.standalone.promotion;

import dev.tempo.contract.Run;
import dev.tempo.contract.UserException;
import dev.tempo.standalone.command.BrokerSource;
import dev.tempo.standalone.status.LoggedRun;
import dev.tempo.standalone.status.RunLog;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tempo finish}: ends a run whose last stage has unbounded rounds. */
@Command(
        name = "finish",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Ends a run whose last stage has unbounded rounds.",
            "The round that it is in is its last; where it waits for questions it ends at once. It leaves its report"
                    + " and final/ like any other run.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:It is announced, or was so before.",
            "1:There is no such run, it is over, ends by itself or has no round behind it, or the broker cannot be"
                    + " reached.",
            "2:The command line is not understood."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  ./tempo finish my-run", "  ./tempo finish my-run --bootstrap kafka:9092"})
public final class FinishCommand implements Callable<Integer> {
    @Parameters(paramLabel = "RUN", description = "The id of a run.")
    private String run = "";

    @Mixin
    private final BrokerSource source = new BrokerSource();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        source.open("./tempo " + spec.name(), connection -> {
            LoggedRun known = RunLog.read(connection).known(run);
            Run announced = known.run();
            if (known.standing().isOver()) {
                throw new UserException("run " + run + " is " + known.standing().word() + " already");
            }
            if (!announced.recipe().unbounded()) {
                throw new UserException("run " + run + " ends by itself, with v"
                        + announced.recipe().rounds() + "; ./tempo cancel " + run + " gives it up");
            }
            if (announced.recipe().stages().size() == 1 && known.version() == announced.firstVersion()) {
                throw new UserException("run " + run
                        + " has no version yet but the one that it begins with, and can end after its first round at the"
                        + " earliest; ./tempo cancel " + run + " gives it up");
            }
            connection.runs().change(run, wanted -> (wanted == null ? announced : wanted).thatFinishes());
            spec.commandLine().getOut().println("run " + run + " ends with the round that it is in");
        });
        return 0;
    }
}
