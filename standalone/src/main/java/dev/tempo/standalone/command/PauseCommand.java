package dev.tempo.standalone.command;

import dev.tempo.contract.RunState;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tempo pause}: pauses a run, whoever has started it. */
@Command(
        name = "pause",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Pauses a run, whoever has started it.",
            "Services let go of it before its next round is complete and go on where it was after ./tempo resume, to the same bits; it stays paused over restarts.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:It is announced, or was so before.",
            "1:There is no such run, it is over, or the broker cannot be reached.",
            "2:The command line is not understood."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  ./tempo pause quickstart-s0-1121-141831", "  ./tempo pause my-run --bootstrap kafka:9092"})
public final class PauseCommand implements Callable<Integer> {

    @Parameters(paramLabel = "RUN", description = "The id of a run.")
    private String run = "";

    @Mixin
    private final BrokerSource source = new BrokerSource();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        source.open("./tempo pause", connection -> {
            WantedState.announce(connection, run, RunState.PAUSED);
            spec.commandLine().getOut().println("run " + run + " is paused; go on with ./tempo resume " + run + "");
        });
        return 0;
    }
}
