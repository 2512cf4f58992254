package dev.tempo.policy;

import dev.tempo.contract.PolicyVersion;
import dev.tempo.contract.Run;
import dev.tempo.contract.RunState;
import dev.tempo.contract.ValuedTrajectory;
import dev.tempo.datasets.DataFileException;
import dev.tempo.model.ModelFormatException;
import dev.tempo.runs.RunBoard;
import dev.tempo.runs.RunStoppedException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Every run's policy in training. It has no thread and no broker: an event goes in, and what is to be published and
 * where reading goes on comes out. All calls come from one thread.
 */
@Component
public final class TrainingRuns {
    private static final Logger LOG = LoggerFactory.getLogger(TrainingRuns.class);

    private final Map<String, Run> submitted = new TreeMap<>();
    private final Map<String, TrainingRun> training = new TreeMap<>();
    private final Set<String> stopped = new HashSet<>();
    private final RunBoard board;
    private final PolicyMetrics metrics;
    private boolean historyRead;
    private boolean assigned;

    TrainingRuns(RunBoard board, PolicyMetrics metrics) {
        this.board = board;
        this.metrics = metrics;
    }

    /** The launcher's word on a run. A run that is not active is dropped here and resumes from its checkpoint. */
    public Reaction submitted(Run run, Map<Integer, Long> positions) {
        submitted.put(run.run(), run);
        if (run.state() != RunState.ACTIVE) {
            release(run.run());
            stopped.remove(run.run());
            board.remove(run.run());
        }
        return begin(positions);
    }

    /** All earlier words on runs have been read: none that was since paused or finished is begun by mistake. */
    public Reaction historyRead(Map<Integer, Long> positions) {
        historyRead = true;
        return begin(positions);
    }

    /** The valued trajectories are this instance's from now on. */
    public Reaction assigned(Map<Integer, Long> positions) {
        assigned = true;
        return begin(positions);
    }

    /** Gives up runs that another replica now trains: what came since their last checkpoint is dropped, their locks are released. */
    public void revoked() {
        assigned = false;
        Set.copyOf(training.keySet()).forEach(this::release);
        stopped.clear();
        board.clear();
    }

    /** A checkpoint that another trainer held may be free by now. */
    public Reaction retry(Map<Integer, Long> positions) {
        return begin(positions);
    }

    /** The next row in offset order. */
    public Reaction valued(ValuedTrajectory row, int partition, long offset) {
        String id = row.trajectory().id().request().run();
        TrainingRun run = training.get(id);
        if (run == null) {
            return Reaction.NONE;
        }
        try {
            long started = System.nanoTime();
            Optional<PolicyVersion> next = run.valued(row, partition, offset);
            next.ifPresent(version -> metrics.refined(version, System.nanoTime() - started));
            show(id, run);
            return next.map(Reaction::publish).orElse(Reaction.NONE);
        } catch (RunStoppedException | ModelFormatException | DataFileException e) {
            stop(id, e);
            return Reaction.NONE;
        }
    }

    private Reaction begin(Map<Integer, Long> positions) {
        Reaction reaction = Reaction.NONE;
        if (!historyRead || !assigned) {
            return reaction;
        }
        for (Run run : submitted.values()) {
            if (run.state() == RunState.ACTIVE && !training.containsKey(run.run()) && !stopped.contains(run.run())) {
                reaction = reaction.and(begin(run, positions));
            }
        }
        return reaction;
    }

    private Reaction begin(Run run, Map<Integer, Long> positions) {
        try {
            Optional<TrainingRun> begun = TrainingRun.begin(run, positions);
            if (begun.isEmpty()) {
                board.locked(run.run());
                return Reaction.NONE;
            }
            TrainingRun present = begun.get();
            training.put(run.run(), present);
            metrics.resumed(present.present());
            show(run.run(), present);
            return new Reaction(List.of(present.present()), present.offsets());
        } catch (RunStoppedException | ModelFormatException | DataFileException e) {
            stop(run.run(), e);
            return Reaction.NONE;
        }
    }

    private void show(String id, TrainingRun run) {
        String words = run.standing();
        if (run.isComplete()) {
            board.going(id, words);
        } else {
            board.waiting(id, words);
        }
    }

    private void stop(String id, RuntimeException reason) {
        LOG.error("run {} stopped, nothing was published: {}", id, reason.getMessage(), reason);
        release(id);
        stopped.add(id);
        board.stopped(id, String.valueOf(reason.getMessage()));
    }

    private void release(String id) {
        TrainingRun run = training.remove(id);
        if (run != null) {
            run.close();
        }
    }
}
