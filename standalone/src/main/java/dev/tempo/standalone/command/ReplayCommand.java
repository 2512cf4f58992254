package dev.tempo.standalone.command;

import dev.tempo.contract.recipe.Optimizer;
import dev.tempo.model.replay.StepReplay;
import dev.tempo.model.replay.TakenSteps;
import dev.tempo.model.training.NonFiniteException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code ./tempo replay}: the steps that gave a number that is not finite, taken again. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = {
            "Takes the steps of a file again that a run has left because a number was NaN or infinite.",
            "It begins with the checkpoint that the steps began with, reads it and changes nothing, and says which tensor is"
                    + " the first that is not finite: what a step was fed, log-probabilities or values, loss, gradient,"
                    + " weights.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:A number is not finite again; the last line says which.",
            "1:The file, or the checkpoint that it names, cannot be used.",
            "2:The command line is not understood.",
            "3:Every number is finite here."
        },
        footerHeading = "%nExample:%n",
        footer = "  ./tempo replay runs/mine-s0-1121-141831/non-finite/policy-round-3-mini-batch-0.json")
public final class ReplayCommand implements Callable<Integer> {
    private static final int FINITE = 3;

    @Parameters(paramLabel = "FILE", description = "The file, in the directory non-finite of a run.")
    private Path file = Path.of("");

    @Mixin
    private final DeviceOption deviceOption = new DeviceOption();

    @Override
    public Integer call() {
        TakenSteps taken = TakenSteps.read(file);
        deviceOption.device();
        System.out.println(taken.model() + " of run " + taken.run() + ", round " + taken.round() + " (counted from 0), "
                + taken.batch() + ":");
        System.out.println("  " + taken.found());
        Optimizer optimizer = taken.origin().optimizer();
        System.out.println(
                taken.steps().size() + " steps from " + taken.origin().weights()
                        + (optimizer == null ? "" : " with learning rate " + optimizer.learningRate()));
        Optional<NonFiniteException> found = StepReplay.of(taken, System.out::println);
        System.out.println(
                found.map(first -> "the first that is not finite: " + first.getMessage())
                        .orElse(
                                "every number is finite here; on one type of processor, with one thread, steps repeat bit for bit"));
        return found.isPresent() ? 0 : FINITE;
    }
}
