package dev.tempo.critic;

import dev.tempo.algorithm.rounds.CounterRandom;
import dev.tempo.contract.CriticVersion;
import dev.tempo.contract.JudgedTrajectory;
import dev.tempo.contract.ModelReference;
import dev.tempo.contract.Run;
import dev.tempo.contract.recipe.CriticTraining;
import dev.tempo.messaging.service.RunEvent;
import dev.tempo.messaging.service.Stopwatch;
import dev.tempo.model.directory.ModelDirectory;
import dev.tempo.model.training.CriticTrainer;
import dev.tempo.model.training.TrainingMethod;
import dev.tempo.runs.ExclusiveLock;
import dev.tempo.runs.RunClock;
import dev.tempo.runs.RunDirectory;
import dev.tempo.runs.RunStoppedException;
import dev.tempo.runs.TrainerFiles;
import dev.tempo.runs.TrainerFiles.Checkpointed;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private final ExclusiveLock lock;
    private final CriticTrainer trainer;
    private final Progress restored;
    private final boolean resumed;
    private final RunClock clock;
    private @Nullable ModelReference model;
    /** The newest version's files as they were when they were whole. */
    private String listing = "";

    private boolean changed;
    private Map<String, Double> statistics;

    private TrainedCritic(
            Run run,
            CriticProperties properties,
            CriticMetrics metrics,
            TrainerFiles files,
            ExclusiveLock lock,
            CriticTrainer trainer,
            Progress restored,
            boolean resumed) {
        this.run = run;
        this.properties = properties;
        this.metrics = metrics;
        this.files = files;
        this.lock = lock;
        this.trainer = trainer;
        this.restored = restored;
        this.resumed = resumed;
        clock = RunClock.continued(restored.wallSeconds(), restored.cpuSeconds());
        model = restored.model();
        changed = restored.changed();
        statistics = restored.statistics();
    }

    /**
     * A critic with the weights of its checkpoint; where there is none, with those of the base, or of the cached stage
     * that the run begins with.
     *
     * @param positions to be kept in the checkpoint of a run that begins
     * @return empty while another trainer holds the checkpoint
     */
    static Optional<TrainedCritic> open(
            Run run, CriticProperties properties, CriticMetrics metrics, Map<Integer, Long> positions) {
        TrainerFiles files = RunDirectory.of(run).critic();
        ExclusiveLock lock = files.lock().orElse(null);
        if (lock == null) {
            return Optional.empty();
        }
        try {
            Stopwatch load = Stopwatch.start();
            Optional<Checkpointed> kept = files.wholeCheckpoint();
            Progress progress = kept.map(checkpoint -> progress(run, checkpoint))
                    .orElseGet(() -> Progress.atStart(run.firstVersion(), positions));
            CriticTrainer trainer =
                    kept.map(checkpoint -> restore(run, checkpoint)).orElseGet(() -> start(run));
            TrainedCritic critic =
                    new TrainedCritic(run, properties, metrics, files, lock, trainer, progress, kept.isPresent());
            try {
                critic.open(progress);
            } catch (RuntimeException failed) {
                trainer.close();
                throw failed;
            }
            RunEvent.MODEL_LOADED.log(LOG, run.run(), progress.round(), progress.round(), load.seconds());
            return Optional.of(critic);
        } catch (RuntimeException failed) {
            lock.close();
            throw failed;
        }
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

    /** The first checkpoint of a critic that begins; of one that goes on, the files of its version if they are damaged. */
    private void open(Progress progress) {
        if (!resumed) {
            save(progress);
        } else {
            mendVersion();
        }
    }

    /**
     * Writes the newest version's files again if they are damaged or gone: others read them, and what they are made of is
     * here until the critic learns.
     */
    void mendVersion() {
        ModelReference version = model;
        if (version == null || changed || listing.equals(TrainerFiles.listing(RunDirectory.pathOf(version)))) {
            return;
        }
        ModelDirectory written = new ModelDirectory(RunDirectory.pathOf(version));
        written.damage(version.sha256()).ifPresent(damage -> {
            LOG.atWarn()
                    .addKeyValue("run", run.run())
                    .addKeyValue("reason", damage)
                    .log("the newest version's files are written again from its checkpoint");
            files.writeVersion(written.path(), trainer::save);
            written.verify(version.sha256());
        });
        listing = TrainerFiles.listing(written.path());
    }

    /** The progress that the checkpoint held when it was opened. */
    Progress restored() {
        return restored;
    }

    /** Whether there was a checkpoint, so that a former life may have said things since. */
    boolean isResumed() {
        return resumed;
    }

    double wallSeconds() {
        return clock.wallSeconds();
    }

    /** The beginning of another stage: weights are kept, the optimizer's moments are not. */
    void beginStage(CriticTraining settings) {
        trainer.resetOptimizer(settings.optimizer());
    }

    /** The examples of a judged batch, valued by the critic as it is. */
    List<Example> value(List<JudgedTrajectory> batch, CriticTraining settings) {
        return Example.of(batch, settings.label(), new Valuer(trainer::values, properties.batch()));
    }

    /**
     * A fit on a labeled batch.
     *
     * @param examples what can be learned of the batch
     * @param batch all that was asked for
     * @throws RunStoppedException when the loss is not finite
     */
    void learn(CriticTraining settings, BatchKey key, List<Example> examples, List<JudgedTrajectory> batch) {
        Map<String, Double> measured =
                new Recalibration(settings, run.recipe().seed()).recalibrate(trainer, examples, key);
        if (!measured.isEmpty()) {
            changed = true;
            metrics.fitted(measured);
        }
        LostRows lost = LostRows.of(batch);
        if (!measured.isEmpty() || lost.any()) {
            statistics = lost.beside(measured);
        }
        if (lost.any()) {
            lost.tell(LOG.atWarn().addKeyValue("run", run.run()).addKeyValue("round", key.round()), examples.isEmpty());
        }
    }

    /** The file of C_round; written unless the weights are those of the file that is there. */
    ModelReference write(int round) {
        ModelReference written = model;
        if (written == null || changed) {
            Path directory = files.writeVersion(round, trainer::save);
            written = new ModelReference(directory.toUri().toString(), new ModelDirectory(directory).sha256());
            model = written;
            listing = TrainerFiles.listing(directory);
            changed = false;
        }
        return written;
    }

    /** The announcement of C_round, whose file is written if need be. */
    CriticVersion version(int round) {
        ModelReference written = write(round);
        files.prune(run.recipe(), round);
        CriticVersion version = new CriticVersion(
                run.run(),
                round,
                written,
                statistics.containsKey("loss"),
                statistics,
                clock.wallSeconds(),
                clock.cpuSeconds());
        statistics = Map.of();
        return version;
    }

    void finishStage(String stage) {
        files.finishStage(stage, trainer::save);
    }

    /** The checkpoint of this state, written: a process that is killed later goes on from here. */
    void keep(int round, int warmUpSteps, boolean fitted, boolean answersPublished, Map<Integer, Long> offsets) {
        Progress progress = new Progress(
                round,
                warmUpSteps,
                fitted,
                answersPublished,
                model,
                changed,
                statistics,
                offsets,
                clock.wallSeconds(),
                clock.cpuSeconds());
        save(progress);
    }

    private void save(Progress progress) {
        files.writeCheckpoint(file -> trainer.saveState(file, progress.notes()));
    }

    /** Frees the weights and the checkpoint's lock. */
    @Override
    public void close() {
        try (ExclusiveLock released = lock) {
            trainer.close();
        }
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
