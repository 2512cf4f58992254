package dev.tempo.standalone.command;

import dev.tempo.contract.StageStart;
import dev.tempo.contract.UserException;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.eval.tracking.MlflowAccess;
import dev.tempo.judging.AvailableJudges;
import dev.tempo.model.device.ComputeDevice;
import dev.tempo.recipes.RecipeFile;
import dev.tempo.standalone.check.DiskCheck;
import dev.tempo.standalone.check.Finding;
import dev.tempo.standalone.check.MachineCheck;
import dev.tempo.standalone.launch.JudgeSource;
import dev.tempo.standalone.launch.Launch;
import dev.tempo.standalone.launch.LaunchSettings;
import dev.tempo.standalone.launch.NewRun;
import dev.tempo.standalone.launch.ThreadsOption;
import dev.tempo.standalone.launch.Workspace;
import dev.tempo.standalone.launch.WorkspaceLock;
import dev.tempo.standalone.progress.JsonView;
import dev.tempo.standalone.progress.Resumption;
import dev.tempo.standalone.progress.RunView;
import dev.tempo.standalone.progress.Screen;
import dev.tempo.standalone.progress.WordsView;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tempo run}: the main job. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Runs a recipe from its beginning to its report.",
            "It starts a broker and the five services on this machine, submits the run, shows how it goes, and writes"
                    + " what came of it to runs/<id>/.",
            "Ctrl-C stops a run cleanly; --resume goes on with it. One run at a time works in a workspace.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:The run is finished.",
            "1:The run cannot begin or go on; the last line says why.",
            "2:The command line is not understood.",
            "3:The run is finished, but a stage has learned nothing: no response of it carried a gradient. The last"
                    + " lines and the report say why.",
            "4:The run is finished, but some trajectories failed; the report says how many, the services' logs say"
                    + " why.",
            "130:The run was stopped before its end."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./tempo run                               the quickstart",
            "  ./tempo run my.yaml                       a recipe of one's own",
            "  ./tempo run --json my.yaml > events.jsonl",
            "  ./tempo run --resume quickstart-s0-1121-141831"
        })
public final class RunCommand implements Callable<Integer> {
    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "The recipe to run (default: recipes/quickstart.yaml of the project).")
    private @Nullable Path file;

    @Option(names = "--recipe", paramLabel = "FILE", description = "The same as FILE.")
    private @Nullable Path recipe;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "The seed of world, base model and training (default: the recipe's).")
    private @Nullable Long seed;

    @Option(names = "--resume", paramLabel = "RUN", description = "Go on with a run that was stopped, where it was.")
    private @Nullable String resume;

    @Option(
            names = "--single-jvm",
            description = "Run all services in this process: it takes half the memory, and one crash ends all.")
    private boolean singleJvm;

    @Option(names = "--fresh", description = "Compute every stage even where an equal one was computed before.")
    private boolean fresh;

    @Mixin
    private final ThreadsOption threads = new ThreadsOption();

    @Option(
            names = "--silent-checks",
            paramLabel = "N",
            defaultValue = "30",
            description =
                    "Checks in a row, a second or two apart, that a process may leave unanswered before it is killed"
                            + " and started again; one that computes, or that the broker hears of, is slow and left alone"
                            + " (default: ${DEFAULT-VALUE}).")
    private int silentChecks;

    @Option(
            names = "--mlflow",
            paramLabel = "URL",
            description =
                    "Send what is measured to this MLflow server, too, such as http://localhost:5000; a run that is"
                            + " resumed goes on there. MLFLOW_TRACKING_TOKEN, or _USERNAME and _PASSWORD, let it in. A"
                            + " server that is down stops nothing (docs/trackers.md).")
    private @Nullable URI mlflow;

    @Option(names = "--explain", description = "Explain every number at length before the run begins.")
    private boolean explained;

    @Option(
            names = "--json",
            description = "Print one JSON object a line and nothing else; docs/run-events.md lists them.")
    private boolean json;

    @Mixin
    private final DeviceOption deviceOption = new DeviceOption();

    @Mixin
    private final JudgeOptions judgeOptions = new JudgeOptions();

    @Mixin
    private final Place place = new Place();

    private Consumer<Launch> companion = launch -> {};
    private @Nullable StageStart shipped;
    private Resumption resumption = Resumption.BY_RESUME;

    /** This command with what begins beside the run, as soon as that is checked. */
    public RunCommand beside(Consumer<Launch> beginning) {
        companion = beginning;
        return this;
    }

    /** This command with stages that a new run does not compute; null for those of the workspace alone. */
    public RunCommand from(@Nullable StageStart start) {
        shipped = start;
        return this;
    }

    /** This command within another one, by which a stopped run is gone on with. */
    public RunCommand resumedBy(Resumption way) {
        resumption = way;
        return this;
    }

    @Override
    public Integer call() {
        threads.named();
        if (silentChecks < 1) {
            throw new UserException("--silent-checks must be at least 1 but is " + silentChecks);
        }
        if (file != null && recipe != null) {
            throw new UserException("two recipes are named, " + file + " and, by --recipe, " + recipe + "; name one");
        }
        if (resume != null && (file != null || recipe != null || seed != null || fresh)) {
            throw new UserException(
                    "--resume goes on with what the run began with; leave out --recipe and --seed, FILE and"
                            + " --fresh");
        }
        if (mlflow != null) {
            try {
                MlflowAccess.check(mlflow);
            } catch (IllegalArgumentException refused) {
                throw new UserException("--mlflow: " + refused.getMessage());
            }
        }
        try (RunView view =
                json ? new JsonView(System.out) : new WordsView(Screen.ofThisProcess(), explained, resumption)) {
            return run(view);
        }
    }

    private int run(RunView view) {
        Workspace workspace = place.workspace();
        if (resume != null) {
            workspace.known(resume);
        }
        try (WorkspaceLock lock = workspace.lock("./tempo run", view::note)) {
            ComputeDevice device = deviceOption.device();
            if (device.cuda()) {
                view.note("tensors are computed with on " + device);
            }
            RecipeFitness.refuse(MachineCheck.of(place.ports(), workspace.root()));
            return resume == null
                    ? start(workspace, lock, device, view)
                    : resume(workspace, lock, device, resume, view);
        }
    }

    private int start(Workspace workspace, WorkspaceLock lock, ComputeDevice device, RunView view) {
        view.underWay("checking recipe, model and data");
        JudgeSource judges;
        Launch launch;
        try (AvailableJudges available = judgeOptions.find()) {
            judges = judgeOptions.source(available);
            launch = submission(device, available, judges, view);
        }
        return execute(launch, workspace, lock, judges, view);
    }

    private int resume(Workspace workspace, WorkspaceLock lock, ComputeDevice device, String id, RunView view) {
        Launch launch = Launch.resume(workspace, id, threads.named(), device);
        JudgeSource judges;
        try (AvailableJudges available = judgeOptions.findFor(launch)) {
            judges = judgeOptions.source(available);
            RecipeFitness.check(launch.run().recipe(), available);
        }
        return execute(launch, workspace, lock, judges, view);
    }

    private int execute(Launch launch, Workspace workspace, WorkspaceLock lock, JudgeSource judges, RunView view) {
        Launch tracked = launch.sentTo(mlflow);
        companion.accept(tracked);
        boolean finished =
                tracked.execute(Place.home(), workspace, lock, place.ports(), singleJvm, judges, silentChecks, view);
        return finished ? tracked.ending().exitCode() : 130;
    }

    private Launch submission(ComputeDevice device, AvailableJudges available, JudgeSource judges, RunView view) {
        Path chosen = recipe != null ? recipe : file != null ? file : Place.quickstart();
        Recipe read = RecipeFile.read(chosen, seed);
        RecipeFitness.makeMissingBase(read, view::note, view::underWay);
        RecipeFitness.check(read, available);
        checkDisk(read, view);
        NewRun begun = new NewRun(RecipeFitness.newId(read), read, chosen, RecipeFitness.base(read));
        LaunchSettings settings = judges.settings(threads.orOne(), device);
        if (shipped != null) {
            return begun.launch(place.workspace(), settings, shipped, view::note);
        }
        Launch launch = begun.launch(place.workspace(), judges, settings, fresh, view::note);
        if (launch.run().start() != null) {
            view.note("--fresh computes it again");
        }
        return launch;
    }

    private void checkDisk(Recipe recipe, RunView view) {
        List<Finding> findings = DiskCheck.of(recipe, place.workspace().root());
        RecipeFitness.refuse(findings);
        findings.stream()
                .filter(finding -> finding.level() == Finding.Level.WARNING)
                .forEach(finding -> view.note(finding.subject() + ": " + finding.text()));
    }
}
