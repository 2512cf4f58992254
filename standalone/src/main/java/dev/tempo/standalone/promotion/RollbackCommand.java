package dev.tempo.standalone.promotion;

import dev.tempo.contract.UserException;
import dev.tempo.standalone.status.LoggedRun;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code tempo rollback}: makes the version that was promoted before the promoted one again. */
@Command(
        name = "rollback",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Makes the version that was the promoted one before it again.",
            "Training goes on as it is; later versions are tried against this one.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:It is announced.",
            "1:There is no such run, no other version was ever promoted, the run is over or promotes none, or the"
                    + " broker cannot be reached.",
            "2:The command line is not understood."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  ./tempo rollback my-run", "  ./tempo rollback my-run --bootstrap kafka:9092"})
public final class RollbackCommand extends WantedPromotion {

    @Override
    int wanted(LoggedRun run, List<Integer> promoted) {
        int present = promoted.isEmpty() ? -1 : promoted.get(promoted.size() - 1);
        for (int i = promoted.size() - 1; i >= 0; i--) {
            if (promoted.get(i) != present) {
                return promoted.get(i);
            }
        }
        throw new UserException("run " + run.run().run() + " has promoted no other version yet");
    }
}
