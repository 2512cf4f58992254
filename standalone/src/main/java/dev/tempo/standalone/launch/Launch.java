package dev.tempo.standalone.launch;

import dev.tempo.contract.EvaluationReport;
import dev.tempo.contract.Run;
import dev.tempo.contract.RunState;
import dev.tempo.contract.UserException;
import dev.tempo.eval.report.Provenance;
import dev.tempo.eval.report.ReportWriter;
import dev.tempo.model.device.ComputeDevice;
import dev.tempo.model.directory.ModelDirectory;
import dev.tempo.runs.RunDirectory;
import dev.tempo.standalone.progress.RunView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A run about to be seen through on this machine, in its workspace. */
public final class Launch {
    /** Services and then the broker end within eight seconds of being asked, or are killed: what takes longer hangs. */
    private static final Duration PATIENCE = Duration.ofMillis(8500);

    private final Run run;
    private final LaunchSettings settings;
    private final List<EvaluationReport> cachedReports;
    private final @Nullable Path recipeFile;
    private Ending ending = Ending.WHOLE;

    private Launch(Run run, LaunchSettings settings, List<EvaluationReport> cachedReports, @Nullable Path recipeFile) {
        this.run = run;
        this.settings = settings;
        this.cachedReports = cachedReports;
        this.recipeFile = recipeFile;
    }

    /** A new run. */
    public static Launch start(
            Run run, LaunchSettings settings, Path recipeFile, List<EvaluationReport> cachedReports) {
        return new Launch(run, settings, cachedReports, recipeFile);
    }

    /**
     * A run that was stopped before its report was written.
     *
     * @param threads null for those that it began with
     * @throws UserException if it is finished, or cannot come to the same bits here
     */
    public static Launch resume(Workspace workspace, String id, @Nullable Integer threads, ComputeDevice device) {
        Run run = RunRecord.read(workspace, id).withState(RunState.ACTIVE);
        Path directory = workspace.run(id);
        if (ReportWriter.isFinished(directory)) {
            throw new UserException(
                    "run " + id + " is finished; its report is " + new RunDirectory(directory).report());
        }
        if (new RunDirectory(directory).isCancelled()) {
            throw RunLauncher.cancelled(id, new RunDirectory(directory));
        }
        if (!isSame(directory, Path.of(run.directory()))) {
            throw new UserException("run " + id + " was begun in " + run.directory()
                    + ", and what it has published names files there; move it back to resume it");
        }
        if (RunRecord.isElsewhere(directory)) {
            throw new UserException("run " + id + " was submitted to a broker, whose services go on with it;"
                    + " ./tempo resume " + id + " --bootstrap HOST:PORT ends a pause");
        }
        LaunchSettings began = RunRecord.readSettings(directory);
        began.refuseOther(
                id, LaunchSettings.of(threads == null ? began.threads() : threads, device, began.judgeConfiguration()));
        RunRecord.refuseChanged(run);
        return new Launch(run, began, RunRecord.readCachedReports(directory), null);
    }

    private static boolean isSame(Path one, Path other) {
        try {
            return Files.isSameFile(one, other);
        } catch (IOException gone) {
            return false;
        }
    }

    /** The submission of a run. */
    public static Run submission(Workspace workspace, String id) {
        return RunRecord.read(workspace, id);
    }

    /** The submission of the run in a directory, which holds its run.json. */
    public static Run submission(Path directory) {
        return RunRecord.read(directory);
    }

    /**
     * Whether this version reads what the run in a directory wrote on its topics.
     *
     * @throws UserException if not, with what to do
     */
    public static void refuseOtherFormat(Path directory) {
        RunRecord.readSettings(directory);
    }

    /** This launch with an MLflow server that the run is sent to; with the one that it was begun with where none is named. */
    public Launch sentTo(@Nullable URI mlflow) {
        return mlflow == null ? this : new Launch(run, settings.sentTo(mlflow.toString()), cachedReports, recipeFile);
    }

    public Run run() {
        return run;
    }

    public LaunchSettings settings() {
        return settings;
    }

    /**
     * Sees the run through; Ctrl-C stops it cleanly.
     *
     * @param lock of the workspace, which the caller holds until this returns
     * @param silentChecks how many checks in a row a process may leave unanswered before it is killed and started again
     * @param view told of all that a person may want to know
     * @return whether it finished
     */
    public boolean execute(
            Path home,
            Workspace workspace,
            WorkspaceLock lock,
            Ports ports,
            boolean singleJvm,
            JudgeSource judges,
            int silentChecks,
            RunView view) {
        lock.say("run " + run.run() + ", port base " + ports.base());
        Path directory = Path.of(run.directory());
        Path logs = RunDirectory.of(run).logs();
        if (recipeFile != null) {
            PlugInFolders.here(judges.directory()).copyTo(PlugInFolders.of(run));
            RunRecord.write(run, settings, recipeFile, cachedReports);
        }
        try {
            Files.createDirectories(logs);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(directory + " cannot be written", unwritable);
        }
        System.setProperty("tempo.log", logs.resolve("launcher.log").toString());
        boolean others = workspace.runs().stream().anyMatch(other -> !other.equals(run.run()));
        new BrokerLog(workspace).trustOrSetAside(recipeFile == null || others, view::note);
        return execute(home, workspace, ports, singleJvm, judges, silentChecks, logs, view);
    }

    /** What a run that finished has come to. */
    public Ending ending() {
        return ending;
    }

    private boolean execute(
            Path home,
            Workspace workspace,
            Ports ports,
            boolean singleJvm,
            JudgeSource judges,
            int silentChecks,
            Path logs,
            RunView view) {
        List<String> arguments =
                new ArrayList<>(List.of("--logging.level.org.apache.kafka=ERROR", "--logging.level.ai.djl=ERROR"));
        arguments.addAll(judges.arguments());
        arguments.add(EnvironmentJars.argument(run));
        if (settings.mlflow() != null) {
            arguments.add("--tempo.eval.mlflow=" + settings.mlflow());
        }
        if (!run.recipe().trains()) {
            // Long responses are no sign that something is lost, and nobody waits to go on training.
            arguments.add("--tempo.eval.patience=5m");
        }
        int threads = settings.threads();
        List<Service> needed = Service.neededBy(run.recipe());
        AtomicReference<@Nullable RunLauncher> launcher = new AtomicReference<>();
        Cluster cluster = singleJvm
                ? new SingleJvmCluster(needed, workspace, ports, threads, arguments)
                : new ProcessCluster(needed, workspace, ports, logs, threads, weightBytes(), arguments, notice -> {
                    RunLauncher told = launcher.get();
                    if (told != null) {
                        told.notice(notice);
                    }
                });
        Numerics numerics = Numerics.of(threads, Path.of(run.recipe().model()));
        RunLauncher running = new RunLauncher(
                run,
                cachedReports,
                cluster,
                new StageCache(workspace.stageCache(), numerics, PlugInFolders.of(run)),
                new Provenance(ProductVersion.of(home).toString(), ThisMachine.with(numerics.digest())),
                view,
                silentChecks);
        launcher.set(running);
        CountDownLatch cleanedUp = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> stopOnSignal(cluster, running, cleanedUp), "stop-on-signal"));
        boolean finished = false;
        try {
            finished = running.run();
        } finally {
            cluster.close();
            if (finished) {
                ending = running.report();
            } else {
                running.stoppedEarly();
            }
            cleanedUp.countDown();
            if (finished) {
                cluster.awaitClasses(view::note);
            }
            cluster.kill();
        }
        return finished;
    }

    private long weightBytes() {
        return new ModelDirectory(Path.of(run.recipe().model())).weightBytes();
    }

    /** Comes at the end of every process, of one that has cleaned up already too. */
    private static void stopOnSignal(Cluster cluster, RunLauncher running, CountDownLatch cleanedUp) {
        if (cleanedUp.getCount() == 0) {
            cluster.kill();
            return;
        }
        cluster.stopping();
        running.stop();
        try {
            if (!cleanedUp.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                cluster.kill();
                running.stoppedEarly();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
