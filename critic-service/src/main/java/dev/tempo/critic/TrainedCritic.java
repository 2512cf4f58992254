package dev.tempo.critic;

import dev.tempo.algorithm.rounds.CounterRandom;
import dev.tempo.contract.CriticVersion;
import dev.tempo.contract.JudgedTrajectory;
import dev.tempo.contract.ModelReference;
import dev.tempo.contract.Run;
import dev.tempo.contract.Topics;
import dev.tempo.contract.recipe.CriticTraining;
import dev.tempo.messaging.Wire;
import dev.tempo.messaging.letters.RefusedException;
import dev.tempo.messaging.service.DamagedVersion;
import dev.tempo.messaging.service.RunEvent;
import dev.tempo.messaging.service.Stopwatch;
import dev.tempo.model.directory.ModelDirectory;
import dev.tempo.model.replay.StepJournal;
import dev.tempo.model.replay.StepOrigin;
import dev.tempo.model.training.CriticTrainer;
import dev.tempo.model.training.TrainingMethod;
import dev.tempo.runs.LogPosition;
import dev.tempo.runs.RunClock;
import dev.tempo.runs.RunDirectory;
import dev.tempo.runs.RunStoppedException;
import dev.tempo.runs.TrainerFiles;
import dev.tempo.runs.TrainerFiles.Checkpointed;
import dev.tempo.runs.WatchedVersions;
import dev.tempo.timeline.OpenSpan;
import dev.tempo.timeline.SpanKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The weights of a run's critic and where they are kept: versions, checkpoint, finished stages. One thread owns it. */
final class TrainedCritic implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TrainedCritic.class);

    private final Run run;
    private final CriticProperties properties;
    private final CriticMetrics metrics;
    private final TrainerFiles files;
    private final CriticTrainer trainer;
    private final Progress restored;
    private final boolean resumed;
    private final List<CriticVersion> lost;
    private final String log;
    private final RunClock clock;
    private @Nullable ModelReference model;
    private final WatchedVersions versions;
    private boolean changed;
    private Map<String, Double> statistics;
    /** What the newest checkpoint holds. */
    private Progress kept;

    private final StepJournal journal;

    private TrainedCritic(
            Run run,
            CriticProperties properties,
            CriticMetrics metrics,
            TrainerFiles files,
            CriticTrainer trainer,
            Progress restored,
            boolean resumed,
            List<CriticVersion> lost,
            String log) {
        this.run = run;
        this.properties = properties;
        this.metrics = metrics;
        this.files = files;
        this.trainer = trainer;
        this.restored = restored;
        this.resumed = resumed;
        this.lost = lost;
        this.log = log;
        versions = new WatchedVersions(files, new Written());
        clock = RunClock.continued(restored.wallSeconds(), restored.cpuSeconds());
        model = restored.model();
        changed = restored.changed();
        statistics = restored.statistics();
        kept = restored;
        journal = new StepJournal(run.run(), "critic", RunDirectory.of(run).nonFinite(), this::origin);
    }

    /**
     * A critic with the weights of its checkpoint; where there is none, with those of the base, or of the cached stage
     * that the run begins with.
     *
     * @param generation of this trainer's group, in which the run is this trainer's
     * @param end of the topic, to be kept in the checkpoint of a run that begins
     */
    static TrainedCritic open(
            Run run, CriticProperties properties, CriticMetrics metrics, int generation, LogPosition end) {
        TrainerFiles files = RunDirectory.of(run).critic().takeOver(generation);
        try {
            return open(run, properties, metrics, end, files);
        } catch (RuntimeException failed) {
            files.confirm();
            throw failed;
        }
    }

    private static TrainedCritic open(
            Run run, CriticProperties properties, CriticMetrics metrics, LogPosition end, TrainerFiles files) {
        Stopwatch load = Stopwatch.start();
        Optional<Checkpointed> kept = files.wholeCheckpoint();
        Progress progress = kept.map(checkpoint -> progress(run, checkpoint))
                .orElseGet(() -> Progress.atStart(run.firstVersion(), end));
        List<CriticVersion> lost = List.of();
        if (end.isOfAnotherLogThan(progress.log())) {
            LostLog gone = new LostLog(run, files);
            kept = kept.map(gone::goBack);
            progress = kept.map(gone::progress).orElseThrow().onAnotherLog(end);
            lost = gone.announced(progress.round());
        } else {
            end.refuseLossOf(progress.offsets(), Topics.JUDGED_LABELED_TRAJECTORIES.name());
        }
        CriticTrainer trainer = kept.map(checkpoint -> restore(run, checkpoint)).orElseGet(() -> start(run));
        TrainedCritic critic = new TrainedCritic(
                run, properties, metrics, files, trainer, progress, kept.isPresent(), lost, end.log());
        try {
            critic.open(progress);
        } catch (RuntimeException failed) {
            trainer.close();
            throw failed;
        }
        RunEvent.MODEL_LOADED.log(LOG, run.run(), progress.round(), progress.round(), load.seconds());
        return critic;
    }

    private static Progress progress(Run run, Checkpointed kept) {
        Progress progress = Progress.of(CriticTrainer.notes(kept.file()));
        if (kept.damage() != null) {
            LOG.atWarn()
                    .addKeyValue("run", run.run())
                    .addKeyValue("round", progress.round())
                    .addKeyValue("reason", kept.damage())
                    .log("the critic goes on from the checkpoint before the newest, which cannot be used");
        }
        return progress;
    }

    /**
     * Refuses what is to be learned from and cannot have been written by a policy of this model.
     *
     * @throws RefusedException naming the trajectory and what does not fit
     */
    void refuseForeign(JudgedTrajectory judged) {
        if (!Example.isLearnable(judged)) {
            return;
        }
        try {
            trainer.check(Example.sequence(judged.trajectory()));
        } catch (IllegalArgumentException foreign) {
            throw new RefusedException(
                    judged.trajectory().id() + " is of no policy of this model: " + foreign.getMessage());
        }
    }

    /** The first checkpoint of a critic that begins; of one that goes on, the files of its versions if they are damaged. */
    private void open(Progress progress) {
        if (!resumed) {
            save(progress);
        } else {
            expectVersions();
            mendVersions();
        }
    }

    private void expectVersions() {
        ModelReference newest = model;
        if (newest == null) {
            return;
        }
        files.announcements().all().descendingMap().values().stream()
                .map(message -> Wire.read(CriticVersion.class, message).model())
                .filter(announced -> !announced.equals(newest))
                .findFirst()
                .ifPresent(former -> versions.expect(RunDirectory.pathOf(former), former.sha256()));
        versions.expect(RunDirectory.pathOf(newest), newest.sha256());
    }

    /** Writes the files of the newest version and of the one before it again if they are damaged or gone. */
    void mendVersions() {
        versions.mend();
    }

    private final class Written implements WatchedVersions.Trainer {
        @Override
        public Optional<String> damage(Path version, String sha256) {
            return new ModelDirectory(version).damageOfVersion(sha256);
        }

        @Override
        public Optional<Consumer<Path>> fromWeights(String sha256) {
            return isOf(sha256, model, changed) ? Optional.of(trainer::saveVersion) : Optional.empty();
        }

        @Override
        public Optional<Consumer<Path>> fromCheckpoint(Checkpointed checkpoint, String sha256) {
            Progress then = Progress.of(CriticTrainer.notes(checkpoint.file()));
            return isOf(sha256, then.model(), then.changed())
                    ? Optional.of(directory -> save(checkpoint, directory))
                    : Optional.empty();
        }

        private static boolean isOf(String sha256, @Nullable ModelReference version, boolean learnedSince) {
            return version != null && !learnedSince && version.sha256().equals(sha256);
        }

        private void save(Checkpointed checkpoint, Path directory) {
            try (CriticTrainer former = restore(run, checkpoint)) {
                former.saveVersion(directory);
            }
        }

        @Override
        public void tell(Path version, String damage, String what) {
            DamagedVersion.tell(LOG, run.run(), version, damage, what);
        }
    }

    /** Something has come for the critic. */
    void news() {
        versions.news();
    }

    /** @throws dev.tempo.contract.FencedException if another trainer has the run now */
    void confirm() {
        files.confirm();
    }

    /** The checkpoint, with which the steps since then began. */
    private StepOrigin origin() {
        ModelReference version = kept.model();
        return StepOrigin.ofCheckpoint(
                files.wholeCheckpoint().orElseThrow().file(),
                kept.round(),
                version == null ? null : version.sha256(),
                RunDirectory.pathOf(run.base()),
                run.recipe().training(),
                run.recipe().stageOf(kept.round()).critic().optimizer());
    }

    /** The progress that the checkpoint held when it was opened. */
    Progress restored() {
        return restored;
    }

    /** Whether there was a checkpoint, so that a former life may have said things since. */
    boolean isResumed() {
        return resumed;
    }

    /** The versions before the present round, if they are to be announced again as the broker has lost them. */
    List<CriticVersion> lost() {
        return lost;
    }

    double wallSeconds() {
        return clock.wallSeconds();
    }

    /** The beginning of another stage: weights are kept, the optimizer's moments are not. */
    void beginStage(CriticTraining settings) {
        trainer.resetOptimizer(settings.optimizer());
        journal.optimizerReset(settings.optimizer());
    }

    /**
     * The examples of a judged batch, valued by the critic as it is.
     *
     * @throws RunStoppedException when a value is not finite
     */
    List<Example> value(List<JudgedTrajectory> batch, CriticTraining settings) {
        try (OpenSpan ended = OpenSpan.within(SpanKind.COMPUTATION, "values of labeled responses")) {
            return Example.of(batch, settings.label(), new Valuer(trainer::values, properties.batch()));
        } catch (NonFiniteValuesException notFinite) {
            throw Recalibration.stopped(
                    BatchKey.of(notFinite.trajectory().id().request()),
                    "values",
                    notFinite.found(),
                    journal,
                    notFinite.measured());
        }
    }

    /**
     * A fit on a labeled batch.
     *
     * @param examples what can be learned of the batch
     * @param batch all that was asked for
     * @throws RunStoppedException when a number is not finite
     */
    void learn(CriticTraining settings, BatchKey key, List<Example> examples, List<JudgedTrajectory> batch) {
        Map<String, Double> measured = OpenSpan.within(SpanKind.COMPUTATION, "fit of the critic")
                .get(() ->
                        new Recalibration(settings, run.recipe().seed()).recalibrate(trainer, examples, key, journal));
        if (!measured.isEmpty()) {
            changed = true;
            metrics.fitted(measured);
        }
        LostRows lost = LostRows.of(batch);
        if (!measured.isEmpty() || lost.any()) {
            Map<String, Double> own = lost.beside(measured);
            statistics = key.isRepeated() ? Recalibration.asOfTheFirst(statistics, own) : own;
        }
        if (lost.any()) {
            lost.tell(LOG.atWarn().addKeyValue("run", run.run()).addKeyValue("round", key.round()), examples.isEmpty());
        }
    }

    /** The file of C_round; written unless the weights are those of the file that is there. */
    ModelReference write(int round) {
        ModelReference written = model;
        if (written == null || changed) {
            Path directory = files.writeVersion(round, trainer::saveVersion);
            written = new ModelReference(directory.toUri().toString(), new ModelDirectory(directory).sha256());
            model = written;
            versions.written(directory, written.sha256());
            changed = false;
        }
        return written;
    }

    /** The announcement of C_round, whose file is written if need be. */
    CriticVersion version(int round) {
        ModelReference written = write(round);
        files.confirm();
        files.prune(run.recipe(), round);
        CriticVersion version = new CriticVersion(
                run.run(),
                round,
                written,
                statistics.containsKey("loss"),
                statistics,
                clock.wallSeconds(),
                clock.cpuSeconds(),
                files.token());
        statistics = Map.of();
        files.announcements().add(round, Wire.write(version));
        return version;
    }

    /** Whether a stage was finished. */
    boolean hasStage(String stage) {
        return Files.isDirectory(files.stage(stage));
    }

    void finishStage(String stage) {
        files.finishStage(stage, trainer::saveVersion);
    }

    /** The checkpoint of this state, written: a process that is killed later goes on from here. */
    void keep(int round, int batches, boolean fitted, boolean answersPublished, Map<Integer, Long> offsets) {
        Progress progress = new Progress(
                round,
                batches,
                fitted,
                answersPublished,
                model,
                changed,
                statistics,
                offsets,
                log,
                clock.wallSeconds(),
                clock.cpuSeconds());
        save(progress);
    }

    private void save(Progress progress) {
        files.writeCheckpoint(file -> trainer.saveState(file, progress.notes(files.token())));
        kept = progress;
        journal.begin();
    }

    /** Frees the weights. */
    @Override
    public void close() {
        trainer.close();
    }

    private static CriticTrainer restore(Run run, Checkpointed kept) {
        return CriticTrainer.restore(
                RunDirectory.pathOf(run.base()),
                kept.file(),
                TrainingMethod.of(run.recipe().training()));
    }

    private static CriticTrainer start(Run run) {
        ModelReference weights = run.firstCritic();
        Path from = RunDirectory.pathOf(weights);
        new ModelDirectory(from).verify(weights.sha256());
        CriticTraining settings = run.recipe().stageOf(run.firstVersion()).critic();
        return CriticTrainer.start(
                from,
                settings.optimizer(),
                TrainingMethod.of(run.recipe().training()),
                CounterRandom.key(run.recipe().seed(), "critic"));
    }
}
