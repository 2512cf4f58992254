package dev.tempo.policy;

import dev.tempo.contract.FencedException;
import dev.tempo.contract.PolicyVersion;
import dev.tempo.contract.Run;
import dev.tempo.contract.RunState;
import dev.tempo.contract.Topics;
import dev.tempo.contract.ValuedTrajectory;
import dev.tempo.messaging.letters.RefusedException;
import dev.tempo.messaging.service.RunEvent;
import dev.tempo.messaging.service.Stopwatch;
import dev.tempo.policy.arrival.Arrival;
import dev.tempo.policy.arrival.ArrivedLog;
import dev.tempo.runs.LogPosition;
import dev.tempo.runs.RunBoard;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The policies in training, one for every active run; what goes wrong with one stops that run alone. It has no thread and no broker: an event goes in, and what is to
 * be published and where reading goes on comes out. All calls come from one thread.
 */
public final class TrainingRuns {
    private static final Logger LOG = LoggerFactory.getLogger(TrainingRuns.class);

    private final Map<String, Run> submitted = new TreeMap<>();
    private final Map<String, TrainingRun> training = new TreeMap<>();
    private final Set<String> stopped = new HashSet<>();
    private final RunBoard board;
    private final PolicyMetrics metrics;
    private final ArrivedLog arrived = new ArrivedLog();
    private final Map<String, RunVerdicts> verdicts = new HashMap<>();
    private boolean historyRead;
    private String log = "";
    private @Nullable Integer generation;

    TrainingRuns(RunBoard board, PolicyMetrics metrics) {
        this.board = board;
        this.metrics = metrics;
    }

    /** The launcher's word on a run. A run that is not active is dropped here and resumes from its checkpoint. */
    public Reaction submitted(Run run, Map<Integer, Long> ends) {
        submitted.put(run.run(), run);
        if (run.state() != RunState.ACTIVE) {
            release(run.run());
            stopped.remove(run.run());
            board.remove(run.run());
        }
        return news().and(begin(ends));
    }

    /** The topic of arriving questions is read from its beginning. */
    public Reaction arrivingFrom(String topic) {
        arrived.readsFrom(topic);
        return Reaction.NONE;
    }

    /** A question has arrived or was deleted. */
    public Reaction arrived(Arrival arrival) {
        arrived.add(arrival);
        return Reaction.NONE;
    }

    /** All questions that were there at the start are read: rounds are drawn from now on. */
    public Reaction arrivalsRead() {
        arrived.caughtUp();
        return news();
    }

    /** A version was tried for promotion, which the present round of its run may have waited for. */
    public Reaction concluded(TrialVerdict verdict) {
        verdictsOf(verdict.run()).on(verdict);
        TrainingRun run = training.get(verdict.run());
        return run == null ? Reaction.NONE : tried(verdict.run(), () -> next(verdict.run(), run, run::next));
    }

    private RunVerdicts verdictsOf(String run) {
        return verdicts.computeIfAbsent(run, first -> new RunVerdicts());
    }

    /** What is to be said of versions whose rounds wait for questions that arrive, or whose run is to end. */
    private Reaction news() {
        Reaction reaction = Reaction.NONE;
        for (Map.Entry<String, TrainingRun> run : List.copyOf(training.entrySet())) {
            Run wanted = submitted.get(run.getKey());
            if (wanted != null) {
                reaction = reaction.and(tried(
                        run.getKey(),
                        () -> run.getValue().news(wanted).map(Reaction::publish).orElse(Reaction.NONE)));
                if (training.containsKey(run.getKey())) {
                    show(run.getKey(), run.getValue());
                }
            }
        }
        return reaction;
    }

    /** What is done with a run; what goes wrong stops that run alone. */
    private Reaction tried(String id, Supplier<Reaction> doing) {
        try {
            return doing.get();
        } catch (RefusedException | CancellationException | FencedException passed) {
            throw passed;
        } catch (RuntimeException unusable) {
            stop(id, unusable);
            return Reaction.NONE;
        }
    }

    /**
     * The end of the history of runs: all earlier announcements are read, so that no run is begun that was since paused
     * or finished.
     */
    public Reaction historyRead(Map<Integer, Long> ends) {
        historyRead = true;
        return begin(ends);
    }

    /** The id of the topic of valued trajectories that is read from now on. */
    public void readsFrom(String topic) {
        log = topic;
    }

    /**
     * The valued trajectories are this instance's from now on.
     *
     * @param generation of the group, in which they are
     * @param ends where each partition ends, wherever it is read at present
     */
    public Reaction assigned(int generation, Map<Integer, Long> ends) {
        this.generation = generation;
        return begin(ends);
    }

    /**
     * The end of training here: another replica trains these runs now. Rows since their last checkpoint are dropped.
     */
    public void revoked() {
        generation = null;
        Set.copyOf(training.keySet()).forEach(this::release);
        stopped.clear();
        board.clear();
    }

    /** Time has passed: a version's files may be gone. */
    public Reaction tick(Map<Integer, Long> ends) {
        for (Map.Entry<String, TrainingRun> run : List.copyOf(training.entrySet())) {
            tried(run.getKey(), () -> {
                run.getValue().mendVersions();
                return Reaction.NONE;
            });
        }
        return news().and(begin(ends));
    }

    /** The next row in offset order. */
    public Reaction valued(ValuedTrajectory row, int partition, long offset) {
        String id = row.trajectory().id().request().run();
        TrainingRun run = training.get(id);
        if (run == null) {
            return Reaction.NONE;
        }
        return tried(id, () -> next(id, run, () -> run.valued(row, partition, offset)));
    }

    private Reaction next(String id, TrainingRun run, Supplier<Optional<PolicyVersion>> making) {
        Stopwatch refinement = Stopwatch.start();
        Optional<PolicyVersion> next = making.get();
        next.ifPresent(version -> {
            metrics.refined(version, refinement.elapsed());
            tellOf(version);
        });
        show(id, run);
        return next.map(Reaction::publish).orElse(Reaction.NONE);
    }

    private Reaction begin(Map<Integer, Long> ends) {
        Reaction reaction = Reaction.NONE;
        Integer present = generation;
        if (!historyRead || present == null) {
            return reaction;
        }
        for (Run run : submitted.values()) {
            if (run.state() == RunState.ACTIVE
                    && run.recipe().trains()
                    && !training.containsKey(run.run())
                    && !stopped.contains(run.run())) {
                reaction = reaction.and(begin(run, present, ends));
            }
        }
        return reaction;
    }

    private Reaction begin(Run run, int generation, Map<Integer, Long> ends) {
        try {
            Stopwatch opening = Stopwatch.start();
            TrainingRun present =
                    TrainingRun.begin(run, generation, new LogPosition(log, ends), arrived, verdictsOf(run.run()));
            training.put(run.run(), present);
            PolicyVersion version = present.news(run).orElseGet(present::present);
            metrics.resumed(version);
            RunEvent.RUN_BEGUN.log(LOG, run.run(), version.version(), version.version(), opening.seconds());
            show(run.run(), present);
            List<PolicyVersion> announced = new ArrayList<>(present.lost());
            announced.add(version);
            return new Reaction(announced, present.offsets());
        } catch (CancellationException | FencedException ending) {
            throw ending;
        } catch (RuntimeException unusable) {
            stop(run.run(), unusable);
            return Reaction.NONE;
        }
    }

    private void show(String id, TrainingRun run) {
        String words = run.standing();
        if (run.isComplete()) {
            board.going(id, words);
        } else if (run.awaitsQuestions()) {
            board.idle(id, words, Topics.ARRIVING_QUESTIONS.name());
        } else if (run.awaitsTrial()) {
            board.idle(id, words, Topics.PROMOTIONS.writer());
        } else {
            board.waiting(id, words, Topics.VALUED_TRAJECTORIES.writer(), run.missing());
        }
    }

    private static void tellOf(PolicyVersion version) {
        if (version.wentBackTo() != null) {
            LOG.atInfo()
                    .addKeyValue("run", version.run())
                    .addKeyValue("round", version.version() - 1)
                    .addKeyValue("version", version.version())
                    .addKeyValue(
                            "reason",
                            "v" + version.wentBackTo() + " was promoted last, and later ones were found worse")
                    .log("training went back to the promoted version");
        }
        if (version.trainedNothing()) {
            LOG.atWarn()
                    .addKeyValue("run", version.run())
                    .addKeyValue("round", version.version() - 1)
                    .addKeyValue("version", version.version())
                    .addKeyValue("rows", version.rows().toString())
                    .log("no row of the round carried gradient; the version has the same weights again");
        }
    }

    /** @throws dev.tempo.contract.FencedException if another trainer has the run now, which may be why something failed */
    private void stop(String id, RuntimeException reason) {
        TrainingRun run = training.get(id);
        if (run != null) {
            run.confirm();
        }
        LOG.atError().addKeyValue("run", id).setCause(reason).log("the run is stopped; nothing was published");
        release(id);
        stopped.add(id);
        board.stopped(id, reason);
    }

    private void release(String id) {
        TrainingRun run = training.remove(id);
        if (run != null) {
            run.close();
        }
    }
}
