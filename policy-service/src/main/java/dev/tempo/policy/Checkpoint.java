package dev.tempo.policy;

import dev.tempo.contract.DrawnQuestions;
import dev.tempo.contract.ModelReference;
import dev.tempo.contract.PolicyVersion;
import dev.tempo.contract.Run;
import dev.tempo.contract.Topics;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.contract.recipe.Stage;
import dev.tempo.model.training.PolicyTrainer;
import dev.tempo.runs.CheckpointNotes;
import dev.tempo.runs.RunStoppedException;
import dev.tempo.runs.TrainerFiles;
import dev.tempo.runs.TrainerFiles.Checkpointed;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The contents of a checkpoint beside weights and optimizer: enough to publish its version again, word for word, and to
 * find every row of the round that follows.
 *
 * @param run the run it belongs to
 * @param version the policy version whose weights it holds
 * @param sha256 of that version's model.safetensors
 * @param update the update that made the version; empty for a run's first
 * @param offsets per partition of the valued trajectories, the lowest that is not part of a finished round
 * @param log the id of the topic that the offsets are of; null in checkpoints from before it was noted
 * @param wallSeconds since the run began
 * @param cpuSeconds of this service's processes since the run began
 */
record Checkpoint(
        String run,
        int version,
        String sha256,
        Update update,
        Map<Integer, Long> offsets,
        @Nullable String log,
        double wallSeconds,
        double cpuSeconds) {
    private static final Logger LOG = LoggerFactory.getLogger(Checkpoint.class);

    private static final String STATISTICS = "statistics.";
    private static final String ROWS = "rows.";
    private static final String REASONS = "reasons.";
    private static final String WENT_BACK_TO = "wentBackTo";

    Checkpoint {
        offsets = Map.copyOf(offsets);
    }

    /**
     * The notes that {@link #read} understands. Numbers are written so that the same bits are read back.
     *
     * @param token of the trainer that writes them
     */
    Map<String, String> notes(long token) {
        Map<String, String> notes = new TreeMap<>();
        CheckpointNotes.addToken(notes, token);
        notes.put("run", run);
        notes.put("version", Integer.toString(version));
        notes.put("sha256", sha256);
        notes.put("wallSeconds", Double.toString(wallSeconds));
        notes.put("cpuSeconds", Double.toString(cpuSeconds));
        update.statistics().forEach((name, value) -> notes.put(STATISTICS + name, Double.toString(value)));
        update.rows().forEach((name, count) -> notes.put(ROWS + name, Integer.toString(count)));
        update.reasons().forEach((reason, count) -> notes.put(REASONS + reason, Integer.toString(count)));
        CheckpointNotes.addOffsets(notes, offsets);
        if (update.wentBackTo() != null) {
            notes.put(WENT_BACK_TO, Integer.toString(update.wentBackTo()));
        }
        if (log != null) {
            notes.put("log", log);
        }
        return notes;
    }

    /**
     * The version that the checkpoint holds, as it was or should have been published.
     *
     * @param drawn what its round draws where questions arrive; null before it is drawn
     */
    PolicyVersion version(Run of, Recipe recipe, TrainerFiles files, @Nullable DrawnQuestions drawn) {
        Stage stage = recipe.stageOf(version);
        ModelReference model = version == of.firstVersion()
                ? of.firstPolicy()
                : new ModelReference(files.version(version).toUri().toString(), sha256);
        return new PolicyVersion(
                run,
                version,
                model,
                stage.name(),
                version - recipe.firstRoundOf(stage),
                version >= recipe.rounds(),
                update.statistics(),
                update.rows(),
                wallSeconds,
                cpuSeconds,
                files.token(),
                update.reasons().isEmpty() ? null : update.reasons(),
                drawn,
                update.wentBackTo());
    }

    /** The same where the broker has lost its log, so that nothing of its topic has been read. */
    Checkpoint onAnotherLog(String other, Map<Integer, Long> beginning) {
        LOG.atWarn()
                .addKeyValue("run", run)
                .addKeyValue("round", version)
                .addKeyValue("topic", Topics.VALUED_TRAJECTORIES.name())
                .log("the broker has lost its log since the checkpoint; all versions are announced again, and the"
                        + " round's rows awaited anew");
        return new Checkpoint(run, version, sha256, update, beginning, other, wallSeconds, cpuSeconds);
    }

    /**
     * The contents of a checkpoint that a run goes on from.
     *
     * @throws RunStoppedException if it belongs to another run
     */
    static Checkpoint of(Run run, Checkpointed kept) {
        Checkpoint checkpoint = read(PolicyTrainer.notes(kept.file()));
        if (!checkpoint.run().equals(run.run())) {
            throw new RunStoppedException(
                    kept.file() + " belongs to run " + checkpoint.run() + ": give each run a directory of its own");
        }
        if (kept.damage() != null) {
            LOG.atWarn()
                    .addKeyValue("run", run.run())
                    .addKeyValue("round", checkpoint.version())
                    .addKeyValue("reason", kept.damage())
                    .log("the run goes on from the checkpoint before the newest, which cannot be used");
        }
        return checkpoint;
    }

    /** @throws RunStoppedException if a note is missing or is no number */
    static Checkpoint read(Map<String, String> written) {
        CheckpointNotes notes = new CheckpointNotes("policy", written);
        return new Checkpoint(
                notes.text("run"),
                notes.whole("version"),
                notes.text("sha256"),
                new Update(
                        notes.under(STATISTICS, Double::valueOf),
                        notes.under(ROWS, Integer::valueOf),
                        notes.under(REASONS, Integer::valueOf),
                        notes.wholeOrNull(WENT_BACK_TO)),
                notes.offsets(),
                notes.textOrNull("log"),
                notes.number("wallSeconds"),
                notes.number("cpuSeconds"));
    }
}
