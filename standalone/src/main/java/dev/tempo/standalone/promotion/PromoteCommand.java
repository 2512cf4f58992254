package dev.tempo.standalone.promotion;

import dev.tempo.contract.UserException;
import dev.tempo.standalone.status.LoggedRun;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code tempo promote}: makes a version the promoted one without a trial. */
@Command(
        name = "promote",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Makes a version of a run the promoted one without a trial.",
            "Later versions are tried against it as ever; one that passes takes its place.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:It is announced.",
            "1:There is no such run or version, the run is over or promotes none, or the broker cannot be reached.",
            "2:The command line is not understood."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  ./tempo promote my-run v12", "  ./tempo promote my-run v12 --bootstrap kafka:9092"})
public final class PromoteCommand extends WantedPromotion {
    private static final String NUMBER = "v?\\d{1,9}";

    @Parameters(index = "1", paramLabel = "VERSION", description = "A version, such as v12.")
    private String version = "";

    @Override
    int wanted(LoggedRun run, List<Integer> promoted) {
        if (!version.matches(NUMBER)) {
            throw new UserException("a version is written v12, but this is '" + version + "'");
        }
        int number = Integer.parseInt(version.replace("v", ""));
        if (number > run.version() || number < run.run().firstVersion()) {
            throw new UserException("run " + run.run().run() + " has no version v" + number + ", only v"
                    + run.run().firstVersion() + " to v" + run.version());
        }
        return number;
    }
}
