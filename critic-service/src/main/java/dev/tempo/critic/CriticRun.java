package dev.tempo.critic;

import dev.tempo.contract.CriticVersion;
import dev.tempo.contract.JudgedTrajectory;
import dev.tempo.contract.PolicyVersion;
import dev.tempo.contract.Purpose;
import dev.tempo.contract.RolloutRequest;
import dev.tempo.contract.Run;
import dev.tempo.contract.Topics;
import dev.tempo.contract.ValuedTrajectory;
import dev.tempo.contract.recipe.CriticTraining;
import dev.tempo.messaging.Outgoing;
import dev.tempo.messaging.letters.RefusedException;
import dev.tempo.messaging.service.RunEvent;
import dev.tempo.messaging.service.Stopwatch;
import dev.tempo.runs.LogPosition;
import dev.tempo.runs.RunStoppedException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run's critic, round by round: a state machine without threads and without a broker. Events come in by {@link #seen}
 * and {@link #judged}; while it {@link #isReady()}, {@link #advance} takes one step and returns what that step has to say.
 * The broker must have acknowledged that before the next step is taken: a step that leaves messages behind for ever
 * (a checkpoint past them) comes after they are sent, a version's announcement after its checkpoint. After a crash at any
 * moment the checkpoint repeats the same steps with the same bits.
 */
public final class CriticRun implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CriticRun.class);

    private enum Phase {
        /** The round waits for its policy version. */
        BEGIN,
        WARMING_UP,
        /** The round waits for its labeled trajectories. */
        COLLECTING,
        /** The values of the labeled trajectories before the fit are sent. */
        VALUED,
        /** The values of the labeled trajectories after the fit are sent. */
        REVALUED,
        /** The round's version is in the checkpoint. */
        FITTED,
        DONE
    }

    private Run run;
    private final CriticProperties properties;
    private final CriticMetrics metrics;
    private final InstantSource clock;
    private final TrainedCritic critic;
    private final LabeledRollouts rollouts;
    private final TreeMap<Integer, PolicyVersion> versions = new TreeMap<>();
    private final Map<Integer, Long> positions;
    private final Map<Integer, Long> rewindTo;
    private final Instant graceUntil;
    private @Nullable LabeledData data;
    private List<Example> examples = List.of();
    private Phase phase;
    private int round;
    private int batches;
    private boolean answersPublished;
    private Stopwatch sinceOpened = Stopwatch.start();

    private CriticRun(
            Run run, CriticProperties properties, CriticMetrics metrics, InstantSource clock, TrainedCritic critic) {
        this.run = run;
        this.properties = properties;
        this.metrics = metrics;
        this.clock = clock;
        this.critic = critic;
        rollouts = new LabeledRollouts(properties, metrics);
        Progress progress = critic.restored();
        positions = new TreeMap<>(progress.offsets());
        rewindTo = progress.offsets();
        boolean perhapsAsked = critic.isResumed() && critic.lost().isEmpty();
        graceUntil = perhapsAsked ? clock.instant().plus(properties.grace()) : Instant.MIN;
        phase = progress.fitted() ? Phase.FITTED : Phase.BEGIN;
        round = progress.round();
        batches = progress.batches();
        answersPublished = progress.answersPublished();
    }

    /**
     * A run that goes on from its checkpoint, whoever wrote that, or begins where there is none.
     *
     * @param generation of this trainer's group, in which the run is this trainer's
     * @param end of the judged labeled trajectories
     */
    public static CriticRun open(
            Run run,
            CriticProperties properties,
            CriticMetrics metrics,
            InstantSource clock,
            int generation,
            LogPosition end) {
        TrainedCritic critic = TrainedCritic.open(run, properties, metrics, generation, end);
        return new CriticRun(run, properties, metrics, clock, critic);
    }

    /** The offsets from which the topic of judged labeled trajectories has to be read again, by partition. */
    public Map<Integer, Long> rewindTo() {
        return rewindTo;
    }

    /** The versions that are to be announced again, before anything else, as the broker has lost them. */
    List<Outgoing<?>> lost() {
        return critic.lost().isEmpty() ? List.of() : List.of(new Outgoing<>(Topics.CRITIC_VERSIONS, critic.lost()));
    }

    /** A policy version exists. */
    public void seen(PolicyVersion version) {
        versions.merge(version.version(), version, (first, again) -> again.last() ? again : first);
        end();
    }

    /** An open round goes on as it was asked for. */
    private void end() {
        if (phase == Phase.BEGIN && !versions.isEmpty()) {
            run = run.endingWith(versions.lastEntry().getValue());
            phase = round > run.recipe().rounds() ? Phase.DONE : phase;
        }
        String last = run.recipe().stageNameOf(run.recipe().rounds());
        if (phase == Phase.DONE && round > run.firstVersion() + 1 && !critic.hasStage(last)) {
            critic.finishStage(last); // of a run without an end nobody knew that it is over
        }
    }

    /**
     * A labeled trajectory is judged; what is known, past or somebody else's changes nothing.
     *
     * @throws RefusedException if nobody can have asked for it
     */
    public void judged(JudgedTrajectory judged, int partition, long offset) {
        critic.news();
        BatchKey key = BatchKey.of(judged.trajectory().id().request());
        boolean past = key.round() < round
                || (key.round() == round && phase == Phase.FITTED)
                || (key.purpose() == Purpose.LABELED && key.round() == round && key.step() < eStep())
                || (key.purpose() == Purpose.WARM_UP && key.step() < batches);
        positions.merge(partition, offset + 1, Math::max);
        if (!past) {
            new VerdictCheck(run.recipe(), rollouts).refuseMisplaced(judged);
            critic.refuseForeign(judged);
            rollouts.add(new JudgedRow(judged, partition, offset), clock.instant());
        }
    }

    /** Requests that are late and to be sent again. */
    public List<Outgoing<?>> overdue() {
        return rollouts.overdue(clock.instant());
    }

    /** @throws dev.tempo.contract.FencedException if another trainer has the run now */
    void confirm() {
        critic.confirm();
    }

    /** Writes the files of the newest version and of the one before it again if they are damaged or gone. */
    void mendVersions() {
        critic.mendVersions();
    }

    /** Whether {@link #advance} has something to do. */
    public boolean isReady() {
        return switch (phase) {
            case BEGIN -> versions.containsKey(round);
            case WARMING_UP -> rollouts.isClosed(warmUpKey(batches));
            case COLLECTING -> rollouts.isClosed(labeledKey());
            case VALUED, REVALUED, FITTED -> true;
            case DONE -> false;
        };
    }

    /**
     * The next step of the run.
     *
     * @return what to send before the next step, in order
     * @throws RunStoppedException when the critic's loss is not finite
     */
    public List<Outgoing<?>> advance() {
        RoundPlan plan = RoundPlan.of(run, round);
        return switch (phase) {
            case BEGIN -> begin(plan);
            case WARMING_UP -> warmUp(plan);
            case COLLECTING -> close(plan);
            case VALUED -> learnAfterValuing(plan);
            case REVALUED -> keepVersion(plan);
            case FITTED -> announce();
            case DONE -> throw new IllegalStateException("run " + run.run() + " has no step left");
        };
    }

    /** The round to be done next, or at work. */
    int round() {
        return round;
    }

    /** Whether every round of the run is done. */
    boolean isDone() {
        return phase == Phase.DONE;
    }

    /** Seconds spent on the run by this service. */
    double wallSeconds() {
        return critic.wallSeconds();
    }

    /** The state of the run, in words. */
    String standing() {
        return phase == Phase.DONE ? "done" : "round " + round + " begins when policy version " + round + " is there";
    }

    /** The rows that the round waits for, in words; null when it does not wait for this service. */
    public @Nullable String waitingFor() {
        BatchKey key = awaitedBatch();
        String missing = key == null ? null : rollouts.waitingFor(key);
        return missing == null ? null : "round " + round + " of run " + run.run() + " waits for " + missing;
    }

    /** The ids of the first rows that the round waits for. */
    List<String> missing() {
        BatchKey key = awaitedBatch();
        return key == null ? List.of() : rollouts.missing(key);
    }

    private @Nullable BatchKey awaitedBatch() {
        return switch (phase) {
            case WARMING_UP -> warmUpKey(batches);
            case COLLECTING -> labeledKey();
            default -> null;
        };
    }

    /** The time at which the last labeled trajectory of the round arrived, or was asked for. */
    public Instant lastProgress() {
        return rollouts.progress();
    }

    /** Frees the weights. */
    @Override
    public void close() {
        critic.close();
    }

    private List<Outgoing<?>> begin(RoundPlan plan) {
        if (plan.freshOptimizer() && batches == 0) {
            critic.beginStage(plan.stage().critic());
        }
        if (batches >= plan.warmUpSteps()) {
            return beginRound(plan);
        }
        List<Outgoing<?>> outgoing = new ArrayList<>();
        int last = Math.min(plan.warmUpSteps() - 1, batches + properties.lookAhead());
        for (int step = batches; step <= last; step++) {
            ask(warmUpKey(step), plan.labeled(), plan, outgoing);
        }
        phase = Phase.WARMING_UP;
        return outgoing;
    }

    private List<Outgoing<?>> warmUp(RoundPlan plan) {
        CriticTraining settings = plan.stage().critic();
        BatchKey key = warmUpKey(batches);
        List<JudgedTrajectory> batch = rollouts.batch(key);
        metrics.rows(batch);
        critic.learn(settings, key, critic.value(batch, settings), batch);
        rollouts.forget(key);
        batches++;
        keep(false);
        if (batches == plan.warmUpSteps()) {
            return beginRound(plan);
        }
        List<Outgoing<?>> outgoing = new ArrayList<>();
        int ahead = batches + properties.lookAhead();
        if (ahead < plan.warmUpSteps()) {
            ask(warmUpKey(ahead), plan.labeled(), plan, outgoing);
        }
        return outgoing;
    }

    /**
     * The messages of a round's beginning, after the warm-up: its version where that is made already, and its
     * questions.
     */
    private List<Outgoing<?>> beginRound(RoundPlan plan) {
        List<Outgoing<?>> outgoing = new ArrayList<>();
        if (plan.valuesBefore()) {
            outgoing.add(announcement());
        }
        if (!plan.learns()) {
            finishStage(plan);
            next();
        } else {
            ask(labeledKey(), plan.labeled(), plan, outgoing);
            phase = Phase.COLLECTING;
            sinceOpened = Stopwatch.start();
        }
        return outgoing;
    }

    private List<Outgoing<?>> close(RoundPlan plan) {
        List<JudgedTrajectory> batch = rollouts.batch(labeledKey());
        metrics.rows(batch);
        CriticTraining settings = plan.stage().critic();
        examples = critic.value(batch, settings);
        boolean again = plan.repeats(
                eStep() + 1, new Recalibration(settings, run.recipe().seed()).brier(examples));
        if (!again) {
            RunEvent.ROUND_CLOSED.log(LOG, run.run(), round, round, sinceOpened.seconds());
        }
        if (plan.valuesBefore()) {
            phase = Phase.VALUED;
            return plan.valuesLabeled() ? List.of(valued(batch, examples)) : List.of();
        }
        critic.learn(settings, labeledKey(), examples, batch);
        if (again) {
            return repeat(plan);
        }
        phase = Phase.REVALUED;
        return plan.valuesLabeled() ? List.of(valued(batch, critic.value(batch, settings))) : List.of();
    }

    /** The same round's next E-step, on other questions, with what the last one taught in the checkpoint. */
    private List<Outgoing<?>> repeat(RoundPlan plan) {
        examples = List.of();
        rollouts.forget(labeledKey());
        batches++;
        keep(false);
        List<Outgoing<?>> outgoing = new ArrayList<>();
        ask(labeledKey(), plan.labeled(), plan, outgoing);
        return outgoing;
    }

    private List<Outgoing<?>> learnAfterValuing(RoundPlan plan) {
        critic.learn(plan.stage().critic(), labeledKey(), examples, rollouts.batch(labeledKey()));
        examples = List.of();
        rollouts.forget(labeledKey());
        finishStage(plan);
        next();
        keep(false);
        return List.of();
    }

    private List<Outgoing<?>> keepVersion(RoundPlan plan) {
        rollouts.forget(labeledKey());
        critic.write(round);
        finishStage(plan);
        keep(true);
        phase = Phase.FITTED;
        return List.of();
    }

    private List<Outgoing<?>> announce() {
        List<Outgoing<?>> outgoing = List.of(announcement());
        next();
        return outgoing;
    }

    private void finishStage(RoundPlan plan) {
        if (plan.lastOfStage()) {
            critic.finishStage(plan.stage().name());
        }
    }

    private void next() {
        phase = round == run.recipe().rounds() ? Phase.DONE : Phase.BEGIN;
        round++;
        batches = 0;
        end();
    }

    private void ask(BatchKey key, RoundPlan.@Nullable Draw draw, RoundPlan plan, List<Outgoing<?>> outgoing) {
        LabeledData labeled = data == null ? LabeledData.of(run) : data;
        data = labeled;
        PolicyVersion policy = versions.get(round);
        if (draw == null || policy == null) {
            throw new IllegalStateException("round " + round + " has nothing to ask, or nobody to ask it of");
        }
        int index = key.purpose() == Purpose.WARM_UP ? key.step() : plan.draw(key.step());
        List<RolloutRequest> requests = rollouts.ask(
                labeled.requests(key, draw, plan.stage().name(), index, policy.model()), graceUntil, clock.instant());
        if (!answersPublished) {
            outgoing.add(new Outgoing<>(Topics.LABELED_ANSWERS, labeled.answers()));
            answersPublished = true;
        }
        if (!requests.isEmpty()) {
            outgoing.add(new Outgoing<>(Topics.LABELED_ROLLOUT_REQUESTS, requests));
        }
    }

    private Outgoing<ValuedTrajectory> valued(List<JudgedTrajectory> batch, List<Example> learnable) {
        metrics.valued(learnable.size());
        return new Outgoing<>(Topics.VALUED_TRAJECTORIES, Example.valued(batch, learnable, round));
    }

    private BatchKey labeledKey() {
        return new BatchKey(round, Purpose.LABELED, eStep());
    }

    /** The number of the round's E-steps that are learned from already. */
    private int eStep() {
        return Math.max(0, batches - RoundPlan.of(run, round).warmUpSteps());
    }

    private BatchKey warmUpKey(int step) {
        return new BatchKey(round, Purpose.WARM_UP, step);
    }

    private Outgoing<CriticVersion> announcement() {
        return new Outgoing<>(Topics.CRITIC_VERSIONS, List.of(critic.version(round)));
    }

    private void keep(boolean fitted) {
        Map<Integer, Long> offsets = new TreeMap<>(positions);
        offsets.putAll(rollouts.lowestOffsets());
        critic.keep(round, batches, fitted, answersPublished, offsets);
    }
}
