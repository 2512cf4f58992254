package dev.tempo.standalone.launch;

import dev.tempo.contract.CriticVersion;
import dev.tempo.contract.EvaluationReport;
import dev.tempo.contract.PolicyVersion;
import dev.tempo.contract.Run;
import dev.tempo.contract.RunEnd;
import dev.tempo.contract.RunOutcome;
import dev.tempo.contract.RunState;
import dev.tempo.contract.Topics;
import dev.tempo.contract.UserException;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.contract.recipe.Stage;
import dev.tempo.eval.report.Provenance;
import dev.tempo.eval.report.ReportWriter;
import dev.tempo.eval.report.RunFiles;
import dev.tempo.eval.report.RunJournal;
import dev.tempo.eval.tracking.TrackingOutcome;
import dev.tempo.messaging.succession.PublicationFence;
import dev.tempo.policy.FinalFiles;
import dev.tempo.runs.RunDirectory;
import dev.tempo.standalone.announcement.AnnouncedRuns;
import dev.tempo.standalone.progress.RunView;
import dev.tempo.timeline.CpuLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sees one run through: broker, services, submission, progress, report. Stopping it (Ctrl-C) leaves the run as it is; it can
 * be resumed.
 */
public final class RunLauncher {
    private static final long TICK_MILLIS = 500;
    private static final int TICKS_BETWEEN_LOOKS = 2;
    private static final long BRIEFLY_MILLIS = 50;
    private static final Duration TELLING_INTERVAL = Duration.ofSeconds(10);

    private final Run run;
    private final List<EvaluationReport> cachedReports;
    private final Cluster cluster;
    private final StageCache cache;
    private final Provenance by;
    private final RunJournal journal;
    private final RunView view;
    private final Monitor monitor;
    private final Standstill standstill;
    private final SilentProcesses silent;
    private final Set<Integer> keptStages = new HashSet<>();
    private final CountDownLatch stop = new CountDownLatch(1);
    private Instant toldAt = Instant.EPOCH;
    private String told = "";
    private volatile RunState wanted = RunState.ACTIVE;
    private volatile @Nullable RunEnd end;

    /**
     * Prepares a launch; nothing starts before {@link #run()}.
     *
     * @param run as it is to be submitted, ACTIVE
     * @param cachedReports measurements of stages that came from the cache
     * @param by what computes the run
     * @param view told of all that a person may want to know; has not begun
     */
    public RunLauncher(
            Run run,
            List<EvaluationReport> cachedReports,
            Cluster cluster,
            StageCache cache,
            Provenance by,
            RunView view) {
        this(run, cachedReports, cluster, cache, by, view, SilentProcesses.CHECKS);
    }

    /** @param silentChecks how many checks in a row a process may leave unanswered before it is ended */
    RunLauncher(
            Run run,
            List<EvaluationReport> cachedReports,
            Cluster cluster,
            StageCache cache,
            Provenance by,
            RunView view,
            int silentChecks) {
        this.run = run;
        this.cachedReports = cachedReports;
        this.cluster = cluster;
        this.cache = cache;
        this.by = by;
        this.view = view;
        journal = new RunJournal(run.run(), run.recipe());
        monitor = new Monitor(cluster.ports(), run.run(), run.recipe());
        standstill = new Standstill(run.recipe(), view::note);
        silent = new SilentProcesses(silentChecks, cluster::cpu, cluster::end, view::note, System::nanoTime);
    }

    /** The news, from the cluster, that a process died. */
    public void notice(String text) {
        view.note(text);
    }

    /** Ends {@link #run()} soon, leaving the run resumable, and says so; for signal handlers. */
    public void stop() {
        view.stopping();
        stop.countDown();
    }

    /**
     * The run from the start of the system until it is finished or stopped.
     *
     * @return whether the run finished; false when it was stopped before
     * @throws UserException when the run cannot go on
     */
    public boolean run() {
        view.begin(run, journal, directory().logs(), "http://127.0.0.1:" + Service.EVAL.port(cluster.ports()));
        view.underWay("starting the broker (Kafka)");
        ComputedBy noted = new ComputedBy(directory(), by);
        cluster.startBroker();
        try (BrokerConnection connection =
                BrokerConnection.connect(cluster.ports().bootstrapServers(), this::goesOn)) {
            if (!awaitBroker(connection)) {
                return false;
            }
            view.underWay("reading what is there of the run");
            if (!connection.follow(Topics.RUN_ENDS, this::ended) || !pauseOthers(connection)) {
                return false;
            }
            refuseCancelled();
            cachedReports.forEach(this::measured);
            state(connection, run, RunState.ACTIVE);
            if (!readWhatIsPublished(connection)) {
                return false;
            }
            if (!run.recipe().trains() && journal.latestPolicy().isEmpty()) {
                connection.publish(Topics.POLICY_VERSIONS, base());
            }
            boolean finished = isComplete();
            if (!finished) {
                view.underWay("starting the " + (run.recipe().trains() ? "five" : "three") + " services");
                cluster.startServices();
                finished = watch(connection, noted);
            }
            if (finished) {
                state(connection, run, RunState.FINISHED);
            }
            return finished;
        }
    }

    /**
     * The closing table of a finished run. What it leaves, its services have written; what was lost since is written again.
     *
     * @return what the run came to, as far as its rounds were computed here
     */
    public Ending report() {
        if (!ReportWriter.isFinished(directory().path())) {
            if (run.recipe().trains()) {
                PolicyVersion last = journal.latestPolicy().orElseThrow();
                FinalFiles.write(
                        run, RunDirectory.pathOf(last.model()), last.model().sha256());
            }
            new RunFiles(run, InstantSource.system())
                    .finish(journal, TrackingOutcome.in(directory().mlflow()).orElse(null));
        }
        TrackingOutcome.in(directory().mlflow()).ifPresent(tracked -> view.note(tracked.words()));
        view.finished(new ReportWriter(journal, Map.of(), by), directory());
        if (!journal.unlearnedStages().isEmpty()) {
            return Ending.NOTHING_LEARNED;
        }
        return journal.anyFailed() ? Ending.SOME_FAILED : Ending.WHOLE;
    }

    /** The words about how to go on with a run that did not finish. */
    public void stoppedEarly() {
        if (isCancelled()) {
            return; // nothing goes on with it
        }
        view.stopped(run.run());
    }

    /** The model itself as the only version of a run that has no trainer to publish it. */
    private PolicyVersion base() {
        return new PolicyVersion(
                run.run(), 0, run.base(), run.recipe().stageNameOf(0), 0, true, Map.of(), Map.of(), 0, 0);
    }

    private boolean goesOn() {
        return stop.getCount() > 0;
    }

    /** False when stopped before all that was there has been read. */
    private boolean readWhatIsPublished(BrokerConnection connection) {
        return connection.follow(Topics.POLICY_VERSIONS, new PublicationFence<PolicyVersion>(version -> {
                    if (journal.add(version) && run.recipe().trains()) {
                        view.published(version);
                    }
                }))
                && connection.follow(Topics.CRITIC_VERSIONS, new PublicationFence<CriticVersion>(journal::add))
                && connection.follow(Topics.EVALUATION_REPORTS, this::measured);
    }

    /** False when stopped before the broker is there. */
    private boolean awaitBroker(BrokerConnection connection) {
        try {
            while (!connection.isReady()) {
                if (stop.await(BRIEFLY_MILLIS, TimeUnit.MILLISECONDS)) {
                    return false;
                }
                refuseHopeless();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
        return true;
    }

    private boolean isComplete() {
        keepFinishedStages();
        boolean complete = end != null && journal.isComplete(run.firstVersion());
        if (complete) {
            keepFinishedStages();
        }
        return complete;
    }

    private void ended(RunEnd news) {
        if (news.run().equals(run.run())) {
            end = news;
        }
    }

    private boolean isCancelled() {
        RunEnd known = end;
        return wanted == RunState.CANCELLED || (known != null && known.outcome() == RunOutcome.CANCELLED);
    }

    private void refuseCancelled() {
        if (isCancelled()) {
            throw cancelled(run.run(), directory());
        }
    }

    /** The refusal to go on with a run that its operator has given up. */
    static UserException cancelled(String run, RunDirectory files) {
        return new UserException("run " + run + " was cancelled; its files are kept in " + files.path()
                + ", and ./tempo run " + files.recipe() + " computes it anew");
    }

    private boolean watch(BrokerConnection connection, ComputedBy noted) {
        CpuLog cpu = new CpuLog(directory().path());
        try {
            for (int tick = 0; !stop.await(TICK_MILLIS, TimeUnit.MILLISECONDS); tick++) {
                noted.cpu(cluster.cpu());
                cpu.sample(cluster.cpuByProcess());
                if (isComplete()) {
                    return true;
                }
                refuseCancelled();
                if (tick % TICKS_BETWEEN_LOOKS == 0) {
                    look(connection);
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    private void look(BrokerConnection connection) {
        lookForProgress(connection);
        refuseHopeless();
        Monitor.Health health = monitor.health(this::goesOn);
        for (Monitor.Trouble trouble : health.troubles()) {
            if (trouble.fatal()) {
                throw new UserException(trouble.toString());
            }
        }
        if (journal.latestPolicy().filter(this::isMade).isPresent()) {
            cluster.keepClasses();
        }
        if (goesOn()) {
            silent.check(health.silent(), connection::clients);
            tellOfBeginning(health);
            Optional<String> still = standstill.look(health, Instant.now());
            view.refresh(
                    monitor.generatedTokens(),
                    health.troubles().stream()
                            .findFirst()
                            .map(Monitor.Trouble::toString)
                            .or(() -> still)
                            .orElse(wanted == RunState.PAUSED ? "paused" : null));
        }
    }

    private void lookForProgress(BrokerConnection connection) {
        int published = journal.policies().size()
                + journal.critics().size()
                + journal.reports().size();
        double open = run.recipe().trains() ? Double.NaN : monitor.openQuestions();
        if (standstill.ends(published, open, cluster.hasDeaths(), connection::suspicions)) {
            cluster.movedOn();
        }
    }

    private boolean isMade(PolicyVersion version) {
        return version.version() > run.firstVersion();
    }

    /** A measurement alone has no rounds to tell of. */
    private void tellOfBeginning(Monitor.Health health) {
        if (run.recipe().trains()) {
            if (journal.latestPolicy().isEmpty()) {
                view.underWay(monitor.awaited(health));
            }
            return;
        }
        String words = monitor.awaited(health);
        boolean begun = words.startsWith(Monitor.MEASURING) && !told.startsWith(Monitor.MEASURING);
        if (begun || Duration.between(toldAt, Instant.now()).compareTo(TELLING_INTERVAL) >= 0) {
            toldAt = Instant.now();
            told = words;
            view.underWay(words);
        }
    }

    private void refuseHopeless() {
        List<String> gaveUp = cluster.gaveUp();
        if (!gaveUp.isEmpty()) {
            throw new UserException(String.join("; ", gaveUp));
        }
    }

    private void keepFinishedStages() {
        Recipe recipe = run.recipe();
        int version = journal.latestPolicy().map(PolicyVersion::version).orElse(0);
        for (int stages = 1; stages < recipe.stages().size(); stages++) {
            int end = recipe.firstRoundOf(recipe.stages().get(stages));
            if (version >= end
                    && end > run.firstVersion()
                    && !keptStages.contains(stages)
                    && reportsBefore(end)
                    && learned(recipe.stages().subList(0, stages))
                    && cache.keep(run.run(), recipe, run.base().sha256(), stages, directory(), journal.reports())) {
                keptStages.add(stages);
            }
        }
    }

    /** A stage that learned nothing is no use to a later run, which would not be told of it either. */
    private boolean learned(List<Stage> stages) {
        List<String> unlearned = journal.unlearnedStages();
        return stages.stream().noneMatch(stage -> unlearned.contains(stage.name()));
    }

    private boolean reportsBefore(int end) {
        Set<Integer> measured = new HashSet<>();
        journal.reports().forEach(report -> measured.add(report.version()));
        for (int version = 0; version < end; version++) {
            if (run.recipe().evaluates(version) && !measured.contains(version)) {
                return false;
            }
        }
        return true;
    }

    private void measured(EvaluationReport report) {
        if (journal.add(report)) {
            view.measured(report);
        }
    }

    /**
     * The pause of runs that an earlier launcher left active: they would compete with this one for the machine. A deleted
     * one is over. False when stopped before.
     */
    private boolean pauseOthers(BrokerConnection connection) {
        Map<String, Run> runs = new ConcurrentHashMap<>();
        boolean read = connection.follow(Topics.RUNS, submitted -> {
            runs.put(submitted.run(), submitted);
            if (submitted.run().equals(run.run())) {
                wanted = submitted.state();
            }
        });
        if (!read) {
            return false;
        }
        runs.remove(run.run());
        for (Run other : runs.values()) {
            RunState next = isDeleted(other) ? RunState.FINISHED : RunState.PAUSED;
            if (!other.state().isOver() && other.state() != next) {
                state(connection, other, next);
            }
        }
        return true;
    }

    /** Whether a run was deleted by hand; one whose workspace was moved lies beside this one. */
    private boolean isDeleted(Run other) {
        return !Files.isDirectory(Path.of(other.directory()))
                && !Files.isDirectory(directory().path().resolveSibling(other.run()));
    }

    /** A run is in a state, unless it is cancelled; what else is wanted of it by now stays. */
    private static void state(BrokerConnection connection, Run of, RunState state) {
        connection
                .runs()
                .change(
                        of.run(),
                        announced -> announced != null && announced.state() == RunState.CANCELLED
                                ? announced
                                : AnnouncedRuns.keepingWishes(of, announced).withState(state));
    }

    private RunDirectory directory() {
        return RunDirectory.of(run);
    }
}
