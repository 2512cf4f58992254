package dev.tempo.standalone.launch;

import dev.tempo.contract.EvaluationReport;
import dev.tempo.contract.RunState;
import dev.tempo.contract.RunSubmitted;
import dev.tempo.judge.plugin.RunPlugIns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A run about to be seen through on this machine, in its workspace. */
public final class Launch {
    private final RunSubmitted run;
    private final List<EvaluationReport> cachedReports;
    private final @Nullable Path recipeFile;

    private Launch(RunSubmitted run, List<EvaluationReport> cachedReports, @Nullable Path recipeFile) {
        this.run = run;
        this.cachedReports = cachedReports;
        this.recipeFile = recipeFile;
    }

    /** A new run. */
    public static Launch start(RunSubmitted run, Path recipeFile, List<EvaluationReport> cachedReports) {
        return new Launch(run, cachedReports, recipeFile);
    }

    /** A run that was stopped before it finished. */
    public static Launch resume(Workspace workspace, String id) {
        RunSubmitted run = RunRecord.read(workspace, id).withState(RunState.ACTIVE);
        if (Files.exists(workspace.run(id).resolve("summary.json"))) {
            throw new LaunchException("run " + id + " is finished; its report is "
                    + workspace.run(id).resolve("report.md"));
        }
        return new Launch(run, RunRecord.readCachedReports(workspace.run(id)), null);
    }

    /** What was submitted as a run. */
    public static RunSubmitted submission(Workspace workspace, String id) {
        return RunRecord.read(workspace, id);
    }

    /**
     * Sees the run through; Ctrl-C stops it cleanly.
     *
     * @return whether it finished
     */
    public boolean execute(
            Path home, Workspace workspace, Ports ports, boolean singleJvm, int threads, JudgeSource judges) {
        Path directory = Path.of(run.directory());
        try (FileChannel lock = workspace.lock()) {
            if (recipeFile != null) {
                RunRecord.write(run, recipeFile, cachedReports);
                judges.keepFor(run.directory());
            }
            Path logs = directory.resolve("logs");
            Files.createDirectories(logs);
            System.setProperty("tempo.log", logs.resolve("launcher.log").toString());
            System.out.println(
                    "run " + run.run() + "   logs " + logs + "   live http://127.0.0.1:" + Service.EVAL.port(ports));
            return execute(home, workspace, ports, singleJvm, threads, judges, logs);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(directory + " cannot be written", unwritable);
        }
    }

    private boolean execute(
            Path home,
            Workspace workspace,
            Ports ports,
            boolean singleJvm,
            int threads,
            JudgeSource judges,
            Path logs) {
        List<String> arguments =
                new ArrayList<>(List.of("--logging.level.org.apache.kafka=ERROR", "--logging.level.ai.djl=ERROR"));
        arguments.addAll(judges.arguments());
        AtomicReference<@Nullable RunLauncher> launcher = new AtomicReference<>();
        Cluster cluster = singleJvm
                ? new SingleJvmCluster(workspace, ports, threads, arguments)
                : new ProcessCluster(home, workspace, ports, logs, threads, arguments, notice -> {
                    RunLauncher told = launcher.get();
                    if (told != null) {
                        told.notice(notice);
                    }
                });
        RunLauncher running = new RunLauncher(
                run,
                cachedReports,
                cluster,
                new StageCache(
                        workspace.stageCache(),
                        Arithmetic.of(threads, Path.of(run.recipe().model())),
                        RunPlugIns.of(run.directory())),
                System.out,
                Terminal.isThere());
        launcher.set(running);
        CountDownLatch cleanedUp = new CountDownLatch(1);
        Thread onSignal = new Thread(
                () -> {
                    cluster.stopping();
                    running.stop();
                    awaitQuietly(cleanedUp);
                },
                "stop-on-signal");
        Runtime.getRuntime().addShutdownHook(onSignal);
        boolean finished = false;
        try {
            finished = running.run();
        } finally {
            cluster.close();
            if (finished) {
                running.report();
            } else {
                running.stoppedEarly();
            }
            cleanedUp.countDown();
        }
        return finished;
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(1, TimeUnit.MINUTES);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
