package dev.tempo.policy;

import dev.tempo.algorithm.rounds.CounterRandom;
import dev.tempo.contract.ModelReference;
import dev.tempo.contract.Run;
import dev.tempo.messaging.service.DamagedVersion;
import dev.tempo.model.directory.ModelDirectory;
import dev.tempo.model.training.PolicyTrainer;
import dev.tempo.model.training.TrainingMethod;
import dev.tempo.runs.RunDirectory;
import dev.tempo.runs.TrainerFiles.Checkpointed;
import dev.tempo.runs.WatchedVersions;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ways to write a run's policy versions again.
 *
 * @param newest the SHA-256 of the version whose weights the trainer has
 */
record PolicyVersionFiles(Run run, PolicyTrainer trainer, Supplier<String> newest) implements WatchedVersions.Trainer {
    private static final Logger LOG = LoggerFactory.getLogger(PolicyVersionFiles.class);

    /**
     * The trainer with which a run begins.
     *
     * @throws dev.tempo.model.ModelFormatException if the run's first version is not what was announced
     */
    static PolicyTrainer start(Run run) {
        return PolicyTrainer.start(
                first(run),
                run.recipe().stageOf(run.firstVersion()).policy().optimizer(),
                TrainingMethod.of(run.recipe().training()),
                seed(run));
    }

    /** The directory of a run's first version, which is what was announced. */
    static Path first(Run run) {
        ModelReference first = run.firstPolicy();
        new ModelDirectory(RunDirectory.pathOf(first)).verify(first.sha256());
        return RunDirectory.pathOf(first);
    }

    /** The seed of what a run's trainer begins with. */
    static long seed(Run run) {
        return CounterRandom.key(run.recipe().seed(), "policy");
    }

    /** The trainer as it was when a checkpoint was written. */
    static PolicyTrainer restore(Run run, Checkpointed kept) {
        return PolicyTrainer.restore(
                RunDirectory.pathOf(run.firstPolicy()),
                kept.file(),
                TrainingMethod.of(run.recipe().training()));
    }

    @Override
    public Optional<String> damage(Path version, String sha256) {
        return new ModelDirectory(version).damageOfVersion(sha256);
    }

    @Override
    public Optional<Consumer<Path>> fromWeights(String sha256) {
        return sha256.equals(newest.get()) ? Optional.of(trainer::saveVersion) : Optional.empty();
    }

    @Override
    public Optional<Consumer<Path>> fromCheckpoint(Checkpointed checkpoint, String sha256) {
        return sha256.equals(
                        Checkpoint.read(PolicyTrainer.notes(checkpoint.file())).sha256())
                ? Optional.of(directory -> save(checkpoint, directory))
                : Optional.empty();
    }

    private void save(Checkpointed checkpoint, Path directory) {
        try (PolicyTrainer former = restore(run, checkpoint)) {
            former.saveVersion(directory);
        }
    }

    @Override
    public void tell(Path version, String damage, String what) {
        DamagedVersion.tell(LOG, run.run(), version, damage, what);
    }
}
