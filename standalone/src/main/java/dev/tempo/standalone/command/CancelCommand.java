package dev.tempo.standalone.command;

import dev.tempo.contract.RunState;
import picocli.CommandLine.Command;

/** {@code tempo cancel}: ends a run for good, before it is finished. */
@Command(
        name = "cancel",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Ends a run for good, before it is finished.",
            "Services let go of it and never go on with it. Its files are kept, without final/ and report.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:It is announced, or was so before.",
            "1:There is no such run, it is finished, or the broker cannot be reached.",
            "2:The command line is not understood."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  ./tempo cancel quickstart-s0-1121-141831", "  ./tempo cancel my-run --bootstrap kafka:9092"})
public final class CancelCommand extends WantedState {

    public CancelCommand() {
        super(RunState.CANCELLED, "run %1$s is cancelled; its files are kept");
    }
}
