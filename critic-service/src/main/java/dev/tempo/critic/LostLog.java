package dev.tempo.critic;

import dev.tempo.contract.CriticVersion;
import dev.tempo.contract.Run;
import dev.tempo.messaging.Wire;
import dev.tempo.model.training.CriticTrainer;
import dev.tempo.runs.RunDirectory;
import dev.tempo.runs.RunStoppedException;
import dev.tempo.runs.TrainerFiles;
import dev.tempo.runs.TrainerFiles.Checkpointed;
import java.util.List;
import java.util.NavigableMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way on for a critic whose broker has lost its log since the checkpoint. The values that it gave the policy's present round are
 * lost too, and after the fit nobody has the weights that gave them: it goes back to the checkpoint before the fit and does the round
 * again, with the same bits.
 */
record LostLog(Run run, TrainerFiles files) {
    private static final Logger LOG = LoggerFactory.getLogger(LostLog.class);

    Progress progress(Checkpointed kept) {
        return Progress.of(CriticTrainer.notes(kept.file()));
    }

    /**
     * The checkpoint to go on from.
     *
     * @throws RunStoppedException if it would have to be the one before the newest, and that is not whole
     */
    Checkpointed goBack(Checkpointed kept) {
        int learned = progress(kept).learned();
        LOG.atWarn()
                .addKeyValue("run", run.run())
                .addKeyValue("round", learned + 1)
                .log("the broker has lost its log since the checkpoint; all versions are announced again");
        if (kept.damage() != null || !mayBeAwaited(learned)) {
            return kept;
        }
        Checkpointed before = files.checkpointBefore(
                "the broker has lost the values of round " + learned + ", which the critic has learned from since");
        if (progress(before).learned() >= learned) {
            throw new RunStoppedException("the broker has lost the values of round " + learned
                    + ", and both checkpoints of the critic have learned from it; compute the run anew by ./tempo run "
                    + RunDirectory.of(run).recipe());
        }
        files.forgetNewestCheckpoint();
        return before;
    }

    /** Whether the policy may still wait for what the critic said of the labeled trajectories of a round. */
    private boolean mayBeAwaited(int round) {
        if (round < run.firstVersion() || !RoundPlan.of(run, round).valuesLabeled()) {
            return false;
        }
        NavigableMap<Integer, ?> policies = RunDirectory.of(run).policy().versions();
        int newest = policies.isEmpty() ? run.firstVersion() : policies.lastKey();
        // the newest may have been written by an update that came to no checkpoint
        return round >= newest - 1;
    }

    /** The versions before a round. */
    List<CriticVersion> announced(int round) {
        return files.announcements().between(run.firstVersion(), round).values().stream()
                .map(message -> Wire.read(CriticVersion.class, message).withToken(files.token()))
                .toList();
    }
}
