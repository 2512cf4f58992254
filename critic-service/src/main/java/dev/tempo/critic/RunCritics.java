package dev.tempo.critic;

import dev.tempo.contract.Awaited;
import dev.tempo.contract.CriticVersion;
import dev.tempo.contract.FencedException;
import dev.tempo.contract.JudgedTrajectory;
import dev.tempo.contract.PolicyVersion;
import dev.tempo.contract.Run;
import dev.tempo.contract.RunState;
import dev.tempo.contract.Topics;
import dev.tempo.messaging.Outgoing;
import dev.tempo.messaging.service.RunEvent;
import dev.tempo.messaging.service.Stopwatch;
import dev.tempo.runs.LogPosition;
import dev.tempo.runs.RunBoard;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The critics of all active runs, while this instance is the one that trains. One thread, the trainer loop's, owns it. */
public final class RunCritics {
    private static final Logger LOG = LoggerFactory.getLogger(RunCritics.class);

    private final CriticProperties properties;
    private final CriticMetrics metrics;
    private final RunBoard board;
    private final InstantSource clock;
    private final Map<String, Run> submitted = new TreeMap<>();
    private final Map<String, Map<Integer, PolicyVersion>> versions = new HashMap<>();
    private final Map<String, CriticRun> open = new TreeMap<>();
    private boolean historyRead;
    private String log = "";
    private @Nullable Bus bus;

    public RunCritics(CriticProperties properties, CriticMetrics metrics, RunBoard board, InstantSource clock) {
        this.properties = properties;
        this.metrics = metrics;
        this.board = board;
        this.clock = clock;
    }

    /** The id of the topic of judged labeled trajectories that is read from now on. */
    public void readsFrom(String topic) {
        log = topic;
    }

    /** This instance trains from here on. */
    public void assigned(Bus loop) {
        bus = loop;
        submitted.keySet().forEach(this::attend);
    }

    /** The end of training here: another instance may train these runs from now on. */
    public void revoked() {
        bus = null;
        List.copyOf(open.keySet()).forEach(this::leave);
    }

    /** A run is new, paused, resumed or finished. */
    public void submitted(Run run) {
        submitted.put(run.run(), run);
        if (board.isStopped(run.run())) {
            board.remove(run.run());
        }
        attend(run.run());
    }

    /** The runs' latest states are known; before that an old state may be followed by a newer one. */
    public void historyRead() {
        historyRead = true;
        submitted.keySet().forEach(this::attend);
    }

    /** Round {@code version.version()} begins. */
    public void seen(PolicyVersion version) {
        versions.computeIfAbsent(version.run(), run -> new TreeMap<>())
                .merge(version.version(), version, (known, later) -> later.last() ? later : known);
        CriticRun critic = open.get(version.run());
        if (critic != null) {
            critic.seen(version);
            goOn(version.run(), critic);
        }
    }

    /** A labeled trajectory of any run. */
    public void judged(JudgedTrajectory judged, int partition, long offset) {
        String run = judged.trajectory().id().request().run();
        CriticRun critic = open.get(run);
        if (critic != null) {
            critic.judged(judged, partition, offset);
            goOn(run, critic);
        }
    }

    /** Time has passed: asks again for what is late, mends versions. */
    public void tick() {
        submitted.keySet().forEach(this::attend);
        List.copyOf(open.entrySet()).forEach(run -> mendVersions(run.getKey(), run.getValue()));
        Bus loop = bus;
        if (loop != null) {
            open.values().forEach(critic -> critic.overdue().forEach(loop.send()));
        }
        metrics.stalledRuns(board.stalledRuns());
    }

    private void mendVersions(String run, CriticRun critic) {
        try {
            critic.mendVersions();
        } catch (CancellationException | FencedException ending) {
            throw ending;
        } catch (RuntimeException unusable) {
            stop(run, unusable);
        }
    }

    private void attend(String id) {
        Run run = submitted.get(id);
        Bus loop = bus;
        boolean wanted = run != null
                && run.state() == RunState.ACTIVE
                && run.recipe().trains()
                && historyRead
                && !board.isStopped(id);
        if (loop == null || run == null || !wanted) {
            if (!board.isStopped(id)) {
                leave(id);
            }
        } else if (!open.containsKey(id)) {
            enter(run, loop);
        }
    }

    private void enter(Run run, Bus loop) {
        Stopwatch opening = Stopwatch.start();
        CriticRun critic;
        try {
            critic = CriticRun.open(
                    run,
                    properties,
                    metrics,
                    clock,
                    loop.generation().getAsInt(),
                    new LogPosition(log, loop.ends().get()));
        } catch (CancellationException | FencedException ending) {
            throw ending;
        } catch (RuntimeException unusable) {
            stop(run.run(), unusable);
            return;
        }
        open.put(run.run(), critic);
        RunEvent.RUN_BEGUN.log(LOG, run.run(), critic.round(), critic.round(), opening.seconds());
        loop.rewind().accept(critic.rewindTo());
        critic.lost().forEach(loop.send());
        versions.getOrDefault(run.run(), Map.of()).values().forEach(critic::seen);
        goOn(run.run(), critic);
    }

    private void leave(String run) {
        CriticRun critic = open.remove(run);
        if (critic != null) {
            critic.close();
        }
        board.remove(run);
    }

    private void goOn(String run, CriticRun critic) {
        Bus loop = bus;
        Stopwatch sinceEvent = Stopwatch.start();
        while (loop != null && critic.isReady()) {
            List<Outgoing<?>> outgoing;
            try {
                outgoing = critic.advance();
            } catch (CancellationException | FencedException ending) {
                throw ending;
            } catch (RuntimeException stopping) {
                stop(run, stopping);
                return;
            }
            outgoing.forEach(loop.send());
            tell(run, critic, outgoing, sinceEvent);
        }
        show(run, critic);
    }

    /** The log's lines about what a step has changed. */
    private static void tell(String run, CriticRun critic, List<Outgoing<?>> sent, Stopwatch sinceEvent) {
        for (Outgoing<?> outgoing : sent) {
            for (Object message : outgoing.messages()) {
                if (message instanceof CriticVersion version) {
                    RunEvent.VERSION_PUBLISHED.log(
                            LOG, run, version.version(), version.version(), sinceEvent.seconds());
                }
            }
        }
        if (critic.isDone()) {
            int last = critic.round() - 1;
            RunEvent.RUN_FINISHED.log(LOG, run, last, last, critic.wallSeconds());
        }
    }

    private void show(String run, CriticRun critic) {
        String waiting = critic.waitingFor();
        if (waiting == null) {
            board.going(run, critic.standing());
        } else {
            board.waiting(
                    run,
                    new Awaited(
                            run,
                            waiting,
                            Topics.JUDGED_LABELED_TRAJECTORIES.writer(),
                            critic.lastProgress(),
                            critic.missing()));
        }
    }

    /** @throws FencedException if another trainer has the run now, which may be why something failed */
    private void stop(String run, RuntimeException reason) {
        CriticRun critic = open.get(run);
        if (critic != null) {
            critic.confirm();
        }
        LOG.atError().addKeyValue("run", run).setCause(reason).log("the run is stopped");
        leave(run);
        board.stopped(run, reason);
    }
}
