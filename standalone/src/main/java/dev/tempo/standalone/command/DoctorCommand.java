package dev.tempo.standalone.command;

import dev.tempo.contract.UserException;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.contract.recipe.Stage;
import dev.tempo.judging.AvailableJudges;
import dev.tempo.model.device.InstructionSet;
import dev.tempo.model.device.NativeLibrary;
import dev.tempo.model.device.Processor;
import dev.tempo.recipes.RecipeFile;
import dev.tempo.recipes.yaml.RecipeException;
import dev.tempo.standalone.check.BitsCheck;
import dev.tempo.standalone.check.DataCheck;
import dev.tempo.standalone.check.DeviceCheck;
import dev.tempo.standalone.check.DiskCheck;
import dev.tempo.standalone.check.Finding;
import dev.tempo.standalone.check.JudgeCheck;
import dev.tempo.standalone.check.MachineCheck;
import dev.tempo.standalone.check.MemoryCheck;
import dev.tempo.standalone.check.ModelCheck;
import dev.tempo.standalone.check.NativeCheck;
import dev.tempo.standalone.launch.MachineDigest;
import dev.tempo.standalone.quickstart.MissingBase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tempo doctor}: says what would go wrong before anything starts. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Says beforehand what would go wrong, and what to do about it.",
            "It looks at Java, memory, disk, ports and the PyTorch library, and at a recipe with its model, judges and"
                    + " data. It starts nothing.",
            "With --digest it computes ten small rounds and prints a digest of their bits: machines with the same one"
                    + " compute the same numbers.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:Nothing stands in the way of a run.",
            "1:There is a PROBLEM.",
            "2:The command line is not understood."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./tempo doctor                            this machine and the quickstart",
            "  ./tempo doctor my.yaml",
            "  ./tempo doctor --memory 80 recipes/paper/math-qwen3-14b.yaml",
            "  ./tempo doctor --digest                   does another machine compute the same?"
        })
public final class DoctorCommand implements Callable<Integer> {

    @Parameters(
            arity = "0..1",
            paramLabel = "RECIPE",
            description = "The recipe to check (default: recipes/quickstart.yaml of the project).")
    private @Nullable Path recipe;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "The seed that the run will have (default: the recipe's).")
    private @Nullable Long seed;

    @Option(
            names = "--memory",
            paramLabel = "GB",
            description = "Plan for another machine, with a device of this much memory for each of rollout, critic and"
                    + " policy.")
    private @Nullable Double memory;

    @Option(
            names = "--digest",
            description =
                    "Instead: print a digest of ten rounds of the quickstart, as this processor computes them with"
                            + " native and with portable numerics. Takes some seconds of each.")
    private boolean digest;

    @Option(
            names = "--serve",
            description = "Count what ./tempo serve holds beside the recipe's run, with its usual settings.")
    private boolean serve;

    @Mixin
    private final DeviceOption deviceOption = new DeviceOption();

    @Mixin
    private final JudgeOptions judgeOptions = new JudgeOptions();

    @Mixin
    private final Place place = new Place();

    @Override
    public Integer call() {
        if (digest) {
            return digests();
        }
        List<Finding> findings =
                new ArrayList<>(MachineCheck.of(place.ports(), place.workspace().root()));
        findings.addAll(NativeCheck.run());
        try {
            findings.addAll(recipeFindings(recipe == null ? Place.quickstart() : recipe));
        } catch (RecipeException refused) {
            findings.add(new Finding(Finding.Level.PROBLEM, "recipe", String.valueOf(refused.getMessage())));
        }
        for (Finding finding : findings) {
            String mark = switch (finding.level()) {
                case GOOD -> "ok     ";
                case WARNING -> "warning";
                case PROBLEM -> "PROBLEM";
            };
            System.out.println(String.format(Locale.ROOT, "%s  %-12s %s", mark, finding.subject(), finding.text()));
        }
        return findings.stream().anyMatch(finding -> finding.level() == Finding.Level.PROBLEM) ? 1 : 0;
    }

    private int digests() {
        if (recipe != null || seed != null || memory != null || serve) {
            throw new UserException(
                    "--digest computes rounds of its own, the same on every machine; leave out RECIPE, --seed,"
                            + " --memory and --serve");
        }
        Path base =
                Place.quickstart().resolveSibling("quickstart").resolve("seed0").resolve("base");
        System.out.println(Processor.here().words() + ", PyTorch " + NativeLibrary.version() + ", 1 thread");
        for (InstructionSet instructions : InstructionSet.values()) {
            MachineDigest found = MachineDigest.of(instructions, 1, base);
            System.out.println(String.format(Locale.ROOT, "%-8s  %s", instructions.inWords(), found.all()));
            found.parts()
                    .forEach((part, bits) -> System.out.println(
                            String.format(Locale.ROOT, "          %s  first round: %s", bits, part)));
        }
        System.out.println("digests seen elsewhere: docs/benchmarks.md, Anyone's digits");
        return 0;
    }

    private List<Finding> recipeFindings(Path file) {
        if (serve && memory != null) {
            throw new UserException("--memory plans for other machines, --serve for this one; leave out one");
        }
        Recipe read = RecipeFile.read(file, seed);
        List<Finding> findings = new ArrayList<>();
        findings.add(new Finding(
                Finding.Level.GOOD,
                "recipe",
                file + ": " + read.name() + ", "
                        + (read.unbounded()
                                ? "rounds without an end"
                                : read.rounds() + (read.rounds() == 1 ? " round" : " rounds"))));
        Optional<MissingBase> missing = MissingBase.of(read, Place.recipes());
        if (missing.isPresent()) {
            findings.add(new Finding(
                    Finding.Level.WARNING, "model", missing.get().says() + ". Little else can be checked before"));
            if (read.stages().stream().noneMatch(Stage::votes)) {
                findings.addAll(judgeFindings(read));
            }
            return findings;
        }
        findings.addAll(ModelCheck.of(read));
        findings.addAll(BitsCheck.of(read));
        findings.addAll(memory == null ? MemoryCheck.of(read) : DeviceCheck.of(read, memory));
        findings.addAll(DiskCheck.of(read, place.workspace().root()));
        if (serve && memory == null) {
            findings.addAll(MemoryCheck.ofServing(read));
        }
        findings.addAll(judgeFindings(read));
        findings.addAll(DataCheck.of(read));
        return findings;
    }

    private List<Finding> judgeFindings(Recipe read) {
        try (AvailableJudges judges = judgeOptions.find()) {
            return JudgeCheck.of(read, judges);
        }
    }
}
