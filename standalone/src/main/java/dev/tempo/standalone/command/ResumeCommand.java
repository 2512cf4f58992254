package dev.tempo.standalone.command;

import dev.tempo.contract.RunState;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tempo resume}: lets a paused run go on. */
@Command(
        name = "resume",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Lets a paused run go on.",
            "Its services must be there. A run of this machine whose launcher has ended goes on by ./tempo run --resume.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:It is announced, or was so before.",
            "1:There is no such run, it is over, or the broker cannot be reached.",
            "2:The command line is not understood."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  ./tempo resume quickstart-s0-1121-141831", "  ./tempo resume my-run --bootstrap kafka:9092"})
public final class ResumeCommand implements Callable<Integer> {

    @Parameters(paramLabel = "RUN", description = "The id of a run.")
    private String run = "";

    @Mixin
    private final BrokerSource source = new BrokerSource();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        source.open("./tempo resume", connection -> {
            WantedState.announce(connection, run, RunState.ACTIVE);
            spec.commandLine().getOut().println("run " + run + " goes on");
        });
        return 0;
    }
}
