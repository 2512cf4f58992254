package dev.tempo.standalone.command;

import dev.tempo.contract.RunState;
import picocli.CommandLine.Command;

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
public final class ResumeCommand extends WantedState {

    public ResumeCommand() {
        super(RunState.ACTIVE, "run %1$s goes on");
    }
}
