package dev.tempo.standalone.command;

import dev.tempo.contract.ModelReference;
import dev.tempo.contract.RunState;
import dev.tempo.contract.RunSubmitted;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.judge.AvailableJudges;
import dev.tempo.model.ComputeDevice;
import dev.tempo.model.ModelDirectory;
import dev.tempo.standalone.check.DataCheck;
import dev.tempo.standalone.check.Finding;
import dev.tempo.standalone.check.JudgeCheck;
import dev.tempo.standalone.check.MachineCheck;
import dev.tempo.standalone.check.ModelCheck;
import dev.tempo.standalone.launch.Arithmetic;
import dev.tempo.standalone.launch.JudgeSource;
import dev.tempo.standalone.launch.Launch;
import dev.tempo.standalone.launch.LaunchException;
import dev.tempo.standalone.launch.StageCache;
import dev.tempo.standalone.launch.Terminal;
import dev.tempo.standalone.launch.Workspace;
import dev.tempo.standalone.launch.WorkspaceLock;
import dev.tempo.standalone.quickstart.BaseModel;
import dev.tempo.standalone.recipe.RecipeFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tempo run}: the main job. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Run a recipe: broker, five services, live progress, report. Ctrl-C stops it; --resume goes on.",
        sortOptions = false)
public final class RunCommand implements Callable<Integer> {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("MMdd-HHmmss", Locale.ROOT);

    @Option(
            names = "--recipe",
            paramLabel = "FILE",
            description = "What to run (default: recipes/quickstart.yaml of the project).")
    private @Nullable Path recipe;

    @Option(names = "--seed", paramLabel = "N", description = "World, base model and training (default: the recipe's).")
    private @Nullable Long seed;

    @Option(names = "--resume", paramLabel = "RUN", description = "Go on with a run that was stopped.")
    private @Nullable String resume;

    @Option(names = "--single-jvm", description = "All services in this process: half the memory, one crash for all.")
    private boolean singleJvm;

    @Option(names = "--fresh", description = "Compute every stage even where an equal one is cached.")
    private boolean fresh;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description =
                    "Torch threads per service; another number gives other bits (default: 1, or the resumed run's).")
    private @Nullable Integer threads;

    @Mixin
    private final DeviceOption deviceOption = new DeviceOption();

    @Mixin
    private final JudgeOptions judgeOptions = new JudgeOptions();

    @Mixin
    private final Place place = new Place();

    @Override
    public Integer call() {
        if (resume != null && (recipe != null || seed != null)) {
            throw new LaunchException(
                    "--resume goes on with the run's own recipe and seed; leave out --recipe and --seed");
        }
        ComputeDevice device = deviceOption.device();
        if (device.cuda()) {
            System.out.println("tensors are computed with on " + device);
        }
        Workspace workspace = place.workspace();
        try (WorkspaceLock lock = workspace.lock("./tempo run", System.out::println)) {
            refuse(MachineCheck.of(place.ports(), workspace.root()));
            return resume == null ? start(workspace, lock, device) : resume(workspace, lock, device, resume);
        }
    }

    private int start(Workspace workspace, WorkspaceLock lock, ComputeDevice device) {
        JudgeSource judges;
        Launch launch;
        try (AvailableJudges available = judgeOptions.find()) {
            judges = judgeOptions.source(available);
            launch = submission(device, available, judges);
        }
        return execute(launch, workspace, lock, judges);
    }

    private int resume(Workspace workspace, WorkspaceLock lock, ComputeDevice device, String id) {
        Launch launch = Launch.resume(workspace, id, threads, device);
        JudgeSource judges;
        try (AvailableJudges available = judgeOptions.findFor(launch)) {
            judges = judgeOptions.source(available);
            refuse(findings(launch.run().recipe(), available));
        }
        return execute(launch, workspace, lock, judges);
    }

    private int execute(Launch launch, Workspace workspace, WorkspaceLock lock, JudgeSource judges) {
        return launch.execute(Place.home(), workspace, lock, place.ports(), singleJvm, judges) ? 0 : 130;
    }

    private static List<Finding> findings(Recipe recipe, AvailableJudges judges) {
        List<Finding> findings = new ArrayList<>(ModelCheck.of(recipe));
        findings.addAll(JudgeCheck.of(recipe, judges));
        findings.addAll(DataCheck.of(recipe));
        return findings;
    }

    private Launch submission(ComputeDevice device, AvailableJudges available, JudgeSource judges) {
        int threads = this.threads == null ? 1 : this.threads;
        Path file = recipe == null ? Place.home().resolve("recipes").resolve("quickstart.yaml") : recipe;
        Recipe read = RecipeFile.read(file, seed);
        makeMissingBase(read);
        refuse(findings(read, available));
        String id = read.name() + "-s" + read.seed() + "-"
                + LocalDateTime.now(ZoneId.systemDefault()).format(TIME);
        Path model = Path.of(read.model());
        ModelReference base = new ModelReference(model.toUri().toString(), new ModelDirectory(model).sha256());
        StageCache cache = new StageCache(
                place.workspace().stageCache(), Arithmetic.of(threads, Path.of(read.model())), judges.directory());
        Optional<StageCache.Found> found = fresh ? Optional.empty() : cache.find(read, base.sha256());
        RunSubmitted run = new RunSubmitted(
                id,
                RunState.ACTIVE,
                read,
                base,
                place.workspace().run(id).toString(),
                found.map(StageCache.Found::start).orElse(null));
        found.ifPresent(stage ->
                System.out.println("stages before version " + stage.start().version() + " come from run "
                        + stage.start().origin() + " (same fingerprint; --fresh computes them again)"));
        return Launch.start(
                run,
                judges.settings(threads, device),
                file,
                found.map(stage -> stage.reportsFor(id)).orElse(List.of()));
    }

    /** The quickstart's bases of seeds that do not ship are made on the spot. */
    private static void makeMissingBase(Recipe recipe) {
        Path base = Path.of(recipe.model());
        Path directory = base.getParent();
        Path quickstart = Place.home().resolve("recipes").resolve("quickstart");
        if (Files.exists(base) || directory == null || !quickstart.equals(directory.getParent())) {
            return;
        }
        System.out.println("no base model of seed " + recipe.seed() + " yet: making it, once, in a few minutes");
        BaseModel.make(recipe.seed(), directory, new PretrainingProgress(System.out, Terminal.isThere()));
    }

    private static void refuse(List<Finding> findings) {
        List<Finding> problems = findings.stream()
                .filter(finding -> finding.level() == Finding.Level.PROBLEM)
                .toList();
        if (!problems.isEmpty()) {
            throw new LaunchException(problems.stream()
                    .map(problem -> problem.subject() + ": " + problem.text())
                    .collect(Collectors.joining("\n       ")));
        }
    }
}
