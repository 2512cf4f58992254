package dev.tempo.rollout;

import dev.tempo.contract.ArrivingQuestion;
import dev.tempo.contract.Awaited;
import dev.tempo.contract.PolicyVersion;
import dev.tempo.contract.Run;
import dev.tempo.contract.RunState;
import dev.tempo.contract.Trajectory;
import dev.tempo.datasets.DataFileException;
import dev.tempo.messaging.service.RunEvent;
import dev.tempo.messaging.service.Stopwatch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The planner that asks every policy version of an active run for responses to unlabeled questions (the M-step's
 * rollouts), and sees to it that each sample ends in a trajectory or a failure.
 *
 * <p>What it was told decides alone: it has no clock, no thread and no broker. {@link #plan} may be called as often as
 * one likes, and after a restart asks anew for whatever of the newest round it has not seen. Thread-safe.
 */
public final class UnlabeledPlanner {
    private static final Logger LOG = LoggerFactory.getLogger(UnlabeledPlanner.class);

    private final Duration patience;
    private final Duration stalledAfter;
    private final RoundDraw draw = new RoundDraw(new ArrivedTexts());
    private final SettledTrajectories settled = new SettledTrajectories();
    private final Map<String, Run> runs = new HashMap<>();
    /** By run and number, those that may be the newest; of a run that is not known yet all, since any may be none of it. */
    private final Map<String, TreeMap<Integer, PolicyVersion>> versions = new TreeMap<>();

    private final Map<String, RequestedRound> rounds = new TreeMap<>();
    private final Map<String, String> problems = new TreeMap<>();
    /** By run, whether all that had arrived when its round was drawn is read. */
    private final Map<String, ArrivalsRead> looks = new HashMap<>();

    private Supplier<BooleanSupplier> arrivals = () -> () -> true;

    private record ArrivalsRead(int version, BooleanSupplier done) {}

    /**
     * @param patience how long a round may stand still before its missing questions are asked for again
     * @param stalledAfter how long a round may stand still before it counts as stalled
     */
    public UnlabeledPlanner(Duration patience, Duration stalledAfter) {
        this.patience = patience;
        this.stalledAfter = stalledAfter;
    }

    /**
     * Names the reader of arriving questions.
     *
     * @param reader of which each supplied question says whether it has come to where the topic ended then
     */
    public synchronized void arrivalsReadBy(Supplier<BooleanSupplier> reader) {
        arrivals = reader;
    }

    /** A question has arrived or was deleted. */
    public void on(ArrivingQuestion question) {
        draw.arrived().on(question);
    }

    /** What its rounds ask. */
    RoundDraw draw() {
        return draw;
    }

    /** A run was submitted, paused, resumed or finished. */
    public synchronized void on(Run run) {
        runs.put(run.run(), run);
        if (run.state() != RunState.ACTIVE) {
            rounds.remove(run.run());
            problems.remove(run.run());
        }
        if (run.state().isOver()) {
            PolicyVersion last = newest(run.run());
            versions.remove(run.run());
            if (last != null) {
                RunEvent.RUN_FINISHED.log(LOG, run.run(), last.version(), last.version(), last.wallSeconds());
            }
            settled.forget(run.run());
            draw.forget(run.run());
            looks.remove(run.run());
        }
    }

    /** A policy version was published, and this instance is the one that asks it. */
    public synchronized void on(PolicyVersion version) {
        if (!isFinished(version.run())) {
            versions.computeIfAbsent(version.run(), first -> new TreeMap<>()).put(version.version(), version);
            newest(version.run());
        }
    }

    /** The newest version that the run's recipe has; null where there is none, or the run is not known. */
    private @Nullable PolicyVersion newest(String id) {
        Run run = runs.get(id);
        TreeMap<Integer, PolicyVersion> held = versions.get(id);
        if (run == null || held == null) {
            return null;
        }
        held.tailMap(run.recipe().rounds(), false).clear();
        if (held.isEmpty()) {
            return null;
        }
        held.headMap(held.lastKey()).clear();
        return held.lastEntry().getValue();
    }

    /** An unlabeled trajectory, whoever wrote it. */
    public synchronized void on(Trajectory trajectory, Instant now) {
        String run = trajectory.id().request().run();
        if (!isFinished(run)) {
            settled.add(trajectory.id());
        }
        RequestedRound round = rounds.get(run);
        if (round != null && round.settle(trajectory.id(), now)) {
            RunEvent.ROUND_CLOSED.log(LOG, run, round.version(), round.version(), round.secondsOpen());
        }
    }

    /** The end of asking here: another instance asks from now on. */
    public synchronized void release() {
        versions.clear();
        looks.clear();
        rounds.clear();
        problems.clear();
    }

    /** The messages that have to be published now. */
    public synchronized Plan plan(Instant now) {
        Plan plan = Plan.NOTHING;
        for (String id : versions.keySet()) {
            Run run = runs.get(id);
            PolicyVersion version = newest(id);
            if (run != null && version != null && run.state() == RunState.ACTIVE) {
                plan = plan.and(plan(run, version, now));
            }
        }
        return plan;
    }

    /** Whether the version is the newest of a run that is not finished: a successor would have to ask it again. */
    public synchronized boolean awaits(PolicyVersion version) {
        newest(version.run());
        TreeMap<Integer, PolicyVersion> held = versions.get(version.run());
        return held != null && held.containsKey(version.version());
    }

    /** Questions asked for and not fully answered. */
    public synchronized int openRequests() {
        return rounds.values().stream().mapToInt(RequestedRound::open).sum();
    }

    /** The reasons why questions cannot be read, by run. */
    public synchronized Map<String, String> problems() {
        return new TreeMap<>(problems);
    }

    /** The questions that rounds wait for, in the order of the runs' ids. */
    public synchronized List<Awaited> awaited() {
        List<Awaited> awaited = new ArrayList<>();
        rounds.forEach((run, round) -> round.awaited(run).ifPresent(awaited::add));
        return awaited;
    }

    /** The questions that stalled rounds wait for, in words, by run. */
    public synchronized Map<String, String> stalled(Instant now) {
        Map<String, String> stalled = new TreeMap<>();
        rounds.forEach((run, round) -> round.stalled(now, stalledAfter).ifPresent(why -> stalled.put(run, why)));
        return stalled;
    }

    private Plan plan(Run run, PolicyVersion version, Instant now) {
        RequestedRound open = rounds.get(run.run());
        if (open != null && open.version() == version.version()) {
            return open.overdue(now, patience).withFailuresOf(gone(run, version, open), open);
        }
        if (!isDrawn(run, version)) {
            rounds.remove(run.run());
            return Plan.NOTHING;
        }
        Stopwatch drawing = Stopwatch.start();
        RoundDraw.Asked asked;
        try {
            asked = draw.asked(run, version);
        } catch (DataFileException | IllegalArgumentException unusable) {
            problems.put(run.run(), "no unlabeled questions: " + unusable.getMessage());
            rounds.remove(run.run());
            draw.forget(run.run());
            return Plan.NOTHING;
        }
        problems.remove(run.run());
        RequestedRound round = new RequestedRound(version.version(), asked, now);
        settled.of(run.run(), version.version()).forEach(id -> round.settle(id, now));
        rounds.put(run.run(), round);
        if (open == null) {
            RunEvent.RUN_BEGUN.log(LOG, run.run(), version.version(), version.version(), drawing.seconds());
        }
        return new Plan(round.unanswered(), List.of()).withFailuresOf(gone(run, version, round), round);
    }

    /** Whether it is known which questions the version's round draws, and every text of theirs that there is. */
    private boolean isDrawn(Run run, PolicyVersion version) {
        if (version.last() || !run.recipe().awaitsQuestions(run.recipe().stageOf(version.version()))) {
            return true;
        }
        if (version.questions() == null) {
            return false;
        }
        ArrivalsRead look = looks.get(run.run());
        if (look == null || look.version() != version.version()) {
            look = new ArrivalsRead(version.version(), arrivals.get());
            looks.put(run.run(), look);
        }
        return look.done().getAsBoolean();
    }

    private Set<String> gone(Run run, PolicyVersion version, RequestedRound round) {
        Set<String> gone = draw.gone(run, version);
        gone.addAll(round.gone());
        return gone;
    }

    private boolean isFinished(String run) {
        Run known = runs.get(run);
        return known != null && known.state().isOver();
    }
}
