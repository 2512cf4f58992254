package dev.tempo.policy;

import dev.tempo.algorithm.rounds.BatchAssembler.Acceptance;
import dev.tempo.contract.PolicyVersion;
import dev.tempo.contract.RequestId;
import dev.tempo.contract.Run;
import dev.tempo.contract.Topics;
import dev.tempo.contract.ValuedTrajectory;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.contract.recipe.Stage;
import dev.tempo.messaging.Wire;
import dev.tempo.messaging.letters.RefusedException;
import dev.tempo.messaging.service.RunEvent;
import dev.tempo.messaging.service.Stopwatch;
import dev.tempo.model.directory.ModelDirectory;
import dev.tempo.model.replay.StepJournal;
import dev.tempo.model.replay.StepOrigin;
import dev.tempo.model.training.PolicyTrainer;
import dev.tempo.policy.arrival.ArrivedLog;
import dev.tempo.policy.arrival.RunArrivals;
import dev.tempo.runs.LogPosition;
import dev.tempo.runs.RunClock;
import dev.tempo.runs.RunDirectory;
import dev.tempo.runs.RunStoppedException;
import dev.tempo.runs.TrainerFiles;
import dev.tempo.runs.TrainerFiles.Checkpointed;
import dev.tempo.runs.WatchedVersions;
import dev.tempo.timeline.OpenSpan;
import dev.tempo.timeline.SpanKind;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run's policy: collects the valued trajectories of round k, refines, and hands out version k + 1. What it holds is
 * a function of its checkpoint and of the rows after it, so it may be killed and begun again at any moment.
 *
 * <p>One thread owns it.
 */
final class TrainingRun implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TrainingRun.class);

    private Run run;
    private Recipe recipe;
    private final TrainerFiles files;
    private final PolicyTrainer trainer;
    private final RowCheck rows;
    private final Refinement refinement;
    private final WayBack wayBack;
    private final RunClock clock;
    private final String log;
    private final Map<Integer, Long> positions;
    private final TreeMap<Integer, OpenRound> rounds = new TreeMap<>();
    private Checkpoint checkpoint;
    private final WatchedVersions versions;
    private final List<PolicyVersion> lost;
    private final @Nullable RunArrivals arrivals;
    private final DrawnIds drawn;
    private Stopwatch sinceOpened = Stopwatch.start();

    private TrainingRun(
            Run run,
            TrainerFiles files,
            PolicyTrainer trainer,
            Checkpoint checkpoint,
            List<PolicyVersion> lost,
            String log,
            ArrivedLog arrived,
            RunVerdicts verdicts) {
        this.run = run;
        this.lost = lost;
        this.log = log;
        this.recipe = run.recipe();
        this.files = files;
        this.trainer = trainer;
        versions = new WatchedVersions(files, new PolicyVersionFiles(run, trainer, () -> this.checkpoint.sha256()));
        wayBack = new WayBack(run, files, trainer, verdicts);
        rows = new RowCheck(recipe, trainer);
        this.checkpoint = checkpoint;
        arrivals = RunArrivals.of(run, checkpoint.version(), files, arrived);
        drawn = new DrawnIds(run, arrivals);
        this.clock = RunClock.continued(checkpoint.wallSeconds(), checkpoint.cpuSeconds());
        this.positions = new HashMap<>(checkpoint.offsets());
        this.refinement = new Refinement(
                trainer,
                Rehearsal.of(run),
                recipe.seed(),
                new StepJournal(run.run(), "policy", RunDirectory.of(run).nonFinite(), this::origin));
    }

    /**
     * A run that goes on from its checkpoint, whoever wrote that, or begins with its first version and writes the first
     * checkpoint. Either way {@link #present} is to be published, again perhaps, and the rows read from {@link #offsets} on.
     *
     * @param generation of this trainer's group, in which the run is this trainer's
     * @param end of the topic, where a run without checkpoint begins
     * @param arrived the questions that have arrived
     * @param verdicts what became of its versions in their trials, as far as that is known
     */
    static TrainingRun begin(Run run, int generation, LogPosition end, ArrivedLog arrived, RunVerdicts verdicts) {
        TrainerFiles files = RunDirectory.of(run).policy().takeOver(generation);
        try {
            Stopwatch load = Stopwatch.start();
            TrainingRun begun = files.wholeCheckpoint()
                    .map(checkpoint -> resume(run, checkpoint, end, files, arrived, verdicts))
                    .orElseGet(() -> start(run, end, files, arrived, verdicts));
            begun.keepFinal();
            int version = begun.checkpoint.version();
            RunEvent.MODEL_LOADED.log(LOG, run.run(), version, version, load.seconds());
            return begun;
        } catch (RuntimeException failed) {
            files.confirm();
            throw failed;
        }
    }

    /** @throws dev.tempo.contract.FencedException if another trainer has the run now */
    void confirm() {
        files.confirm();
    }

    private static TrainingRun start(
            Run run, LogPosition end, TrainerFiles files, ArrivedLog arrived, RunVerdicts verdicts) {
        PolicyTrainer trainer = PolicyVersionFiles.start(run);
        Checkpoint checkpoint = new Checkpoint(
                run.run(),
                run.firstVersion(),
                run.firstPolicy().sha256(),
                Update.unchanged(Map.of()),
                end.next(),
                end.log(),
                0,
                0);
        TrainingRun begun = new TrainingRun(run, files, trainer, checkpoint, List.of(), end.log(), arrived, verdicts);
        begun.keepAnnouncement();
        files.writeCheckpoint(file -> trainer.saveState(file, checkpoint.notes(files.token())));
        return begun;
    }

    private static TrainingRun resume(
            Run run, Checkpointed kept, LogPosition end, TrainerFiles files, ArrivedLog arrived, RunVerdicts verdicts) {
        Checkpoint checkpoint = Checkpoint.of(run, kept);
        List<PolicyVersion> lost = List.of();
        if (end.isOfAnotherLogThan(checkpoint.log())) {
            lost = files.announcements().between(run.firstVersion(), checkpoint.version()).values().stream()
                    .map(message -> Wire.read(PolicyVersion.class, message).withToken(files.token()))
                    .toList();
            checkpoint = checkpoint.onAnotherLog(end.log(), end.beginning());
        } else {
            end.refuseLossOf(checkpoint.offsets(), Topics.VALUED_TRAJECTORIES.name());
        }
        PolicyTrainer trainer = PolicyVersionFiles.restore(run, kept);
        try {
            TrainingRun resumed = new TrainingRun(run, files, trainer, checkpoint, lost, end.log(), arrived, verdicts);
            resumed.expectVersions();
            resumed.mendVersions();
            return resumed;
        } catch (RuntimeException failed) {
            trainer.close();
            throw failed;
        }
    }

    private void expectVersions() {
        int newest = checkpoint.version();
        NavigableMap<Integer, byte[]> announced = files.announcements().all();
        byte[] present = announced.get(newest);
        if (present != null && Wire.read(PolicyVersion.class, present).last()) {
            recipe = recipe.endingWith(newest);
        }
        byte[] former = announced.get(newest - 1);
        if (former != null && newest - 1 > run.firstVersion()) {
            versions.expect(
                    files.version(newest - 1),
                    Wire.read(PolicyVersion.class, former).model().sha256());
        }
        if (newest > run.firstVersion()) {
            versions.expect(files.version(newest), checkpoint.sha256());
        }
    }

    /** Writes the files of the newest version and of the one before it again if they are damaged or gone. */
    void mendVersions() {
        versions.mend();
    }

    /** The checkpoint, with which the steps of the round begin. */
    private StepOrigin origin() {
        return StepOrigin.ofCheckpoint(
                files.wholeCheckpoint().orElseThrow().file(),
                checkpoint.version(),
                checkpoint.sha256(),
                RunDirectory.pathOf(run.firstPolicy()),
                recipe.training(),
                recipe.stageOf(checkpoint.version()).policy().optimizer());
    }

    /**
     * The version that the checkpoint holds, as it was or should have been published.
     *
     * @throws dev.tempo.contract.FencedException if another trainer has the run now, and alone publishes
     */
    PolicyVersion present() {
        files.confirm();
        return checkpoint.version(run, recipe, files, arrivals == null ? null : arrivals.drawn());
    }

    /**
     * The present version once more, if something is to be said of it: what its round draws where enough questions have arrived by
     * now, or that the run ends with it.
     *
     * @param wanted the run as its operator wants it
     */
    Optional<PolicyVersion> news(Run wanted) {
        run = wanted;
        int version = checkpoint.version();
        if (isComplete() || !awaitsQuestions()) {
            return Optional.empty();
        }
        if (run.finishes()) {
            recipe = recipe.endingWith(version);
            if (isComplete() && version > run.firstVersion()) {
                files.finishStage(recipe.stageNameOf(version), trainer::saveVersion);
            }
        }
        if (!isComplete() && !Objects.requireNonNull(arrivals).draw(version)) {
            return Optional.empty();
        }
        keepAnnouncement();
        keepFinal();
        return Optional.of(present());
    }

    /** Whether the present round draws questions that arrive, and has not yet. */
    boolean awaitsQuestions() {
        return arrivals != null
                && arrivals.drawn() == null
                && recipe.awaitsQuestions(recipe.stageOf(checkpoint.version()));
    }

    /** Whether all rows of the present round are here, and what is made of them depends on a trial that is not over. */
    boolean awaitsTrial() {
        int version = checkpoint.version();
        return !isComplete() && wayBack.isAwaited(version) && round(version).isClosed();
    }

    /** The versions before the present one, if they are to be published again as the broker has lost them. */
    List<PolicyVersion> lost() {
        return lost;
    }

    private void keepAnnouncement() {
        files.announcements().add(checkpoint.version(), Wire.write(present()));
    }

    /** Per partition the lowest offset that is not part of a finished round. */
    Map<Integer, Long> offsets() {
        return checkpoint.offsets();
    }

    /** Whether the last version is there and no round follows. */
    boolean isComplete() {
        return checkpoint.version() >= recipe.rounds();
    }

    /** The rows that the present round still awaits, in words. */
    String standing() {
        int version = checkpoint.version();
        return isComplete()
                ? "complete at version " + version
                : awaitsQuestions()
                        ? Objects.requireNonNull(arrivals).awaited(version)
                        : awaitsTrial()
                                ? "round " + version + " waits for the trial of version " + version + " for promotion"
                                : "round " + version + " waits for "
                                        + round(version).awaited();
    }

    /** The ids of the first rows that the present round awaits, of questions of which some row is here. */
    List<String> missing() {
        return isComplete() ? List.of() : round(checkpoint.version()).missingIds();
    }

    /**
     * Takes a row of this run. Rows of finished rounds and second records of an id change nothing; rows of later rounds
     * wait for their turn.
     *
     * @return as {@link #next} gives it
     * @throws RefusedException if no round awaits such a row, which changes nothing then
     */
    Optional<PolicyVersion> valued(ValuedTrajectory row, int partition, long offset) {
        versions.news();
        positions.merge(partition, offset + 1, Math::max);
        RequestId request = row.trajectory().id().request();
        if (request.round() < checkpoint.version()) {
            return Optional.empty();
        }
        rows.refuseMisplaced(row);
        if (round(request.round()).add(row, partition, offset) == Acceptance.UNEXPECTED) {
            throw new RefusedException(
                    row.trajectory().id() + " is of no purpose or question that round " + request.round() + " awaits");
        }
        return next();
    }

    /**
     * The next version, if the present round is closed and no trial is awaited.
     *
     * @throws RunStoppedException if the update failed; nothing was written then
     */
    Optional<PolicyVersion> next() {
        if (isComplete() || !round(checkpoint.version()).isClosed() || wayBack.isAwaited(checkpoint.version())) {
            return Optional.empty();
        }
        OpenRound present = round(checkpoint.version());
        RunEvent.ROUND_CLOSED.log(LOG, run.run(), checkpoint.version(), checkpoint.version(), sinceOpened.seconds());
        present.tellLeftOut(run.run(), checkpoint.version());
        PolicyVersion next = refine(present.rows());
        sinceOpened = Stopwatch.start();
        return Optional.of(next);
    }

    private PolicyVersion refine(List<ValuedTrajectory> rows) {
        int round = checkpoint.version();
        int next = round + 1;
        Stage stage = recipe.stageOf(round);
        Update update = wayBack.gone(checkpoint, recipe, rows.size())
                .orElseGet(() -> OpenSpan.within(SpanKind.COMPUTATION, "refinement of the policy")
                        .get(() -> refinement.refine(round, stage, rows)));
        if (run.finishes()) {
            recipe = recipe.endingWith(next);
        }
        boolean stageEnds =
                next == recipe.firstRoundOf(stage) + recipe.stageOf(round).rounds();
        if (stageEnds && next < recipe.rounds()) {
            trainer.resetOptimizer(recipe.stageOf(next).policy().optimizer());
        }
        Path written = files.writeVersion(next, trainer::saveVersion);
        if (stageEnds) {
            files.finishStage(stage.name(), trainer::saveVersion);
        }
        rounds.remove(round);
        String sha256 = new ModelDirectory(written).sha256();
        versions.written(written, sha256);
        checkpoint = new Checkpoint(
                run.run(), next, sha256, update, unfinished(), log, clock.wallSeconds(), clock.cpuSeconds());
        if (arrivals != null) {
            arrivals.learned(next, rows);
            if (!isComplete() && awaitsQuestions()) {
                arrivals.draw(next);
            }
        }
        keepAnnouncement();
        Map<String, String> notes = checkpoint.notes(files.token());
        files.writeCheckpoint(file -> trainer.saveState(file, notes));
        files.prune(recipe, next);
        keepFinal();
        return present();
    }

    /** Whoever hears of the last version finds it in the files for other programs. */
    private void keepFinal() {
        if (isComplete()) {
            PolicyVersion last = present();
            FinalFiles.write(
                    run, RunDirectory.pathOf(last.model()), last.model().sha256());
        }
    }

    private OpenRound round(int round) {
        Stage stage = recipe.stageOf(round);
        OpenRound open = rounds.computeIfAbsent(round, k -> new OpenRound(stage, k - recipe.firstRoundOf(stage)));
        open.draws(() -> drawn.of(recipe, round, checkpoint.version()));
        return open;
    }

    private Map<Integer, Long> unfinished() {
        Map<Integer, Long> lowest = new HashMap<>(positions);
        for (OpenRound later : rounds.values()) {
            later.lowestOffsets().forEach((partition, offset) -> lowest.merge(partition, offset, Math::min));
        }
        return lowest;
    }

    @Override
    public void close() {
        trainer.close();
    }
}
