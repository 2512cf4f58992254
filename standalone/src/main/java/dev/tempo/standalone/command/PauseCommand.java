package dev.tempo.standalone.command;

import dev.tempo.contract.RunState;
import picocli.CommandLine.Command;

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
public final class PauseCommand extends WantedState {

    public PauseCommand() {
        super(RunState.PAUSED, "run %1$s is paused; go on with ./tempo resume %1$s");
    }
}
