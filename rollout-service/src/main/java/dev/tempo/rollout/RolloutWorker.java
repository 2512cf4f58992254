package dev.tempo.rollout;

import dev.tempo.contract.ModelReference;
import dev.tempo.contract.RequestId;
import dev.tempo.contract.RolloutRequest;
import dev.tempo.contract.Run;
import dev.tempo.contract.Trajectory;
import dev.tempo.messaging.NotYetException;
import dev.tempo.messaging.letters.RefusedException;
import dev.tempo.messaging.service.RunEvent;
import dev.tempo.model.Sequence;
import dev.tempo.model.inference.GeneratedResponse;
import dev.tempo.model.inference.TaskTooLargeException;
import dev.tempo.model.replay.StepJournal;
import dev.tempo.model.replay.StepOrigin;
import dev.tempo.model.training.FiniteNumbers;
import dev.tempo.model.training.NonFiniteException;
import dev.tempo.runs.KnownRuns;
import dev.tempo.runs.RunDirectory;
import dev.tempo.timeline.OpenSpan;
import dev.tempo.timeline.SpanKind;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Generates what requests ask for. A trajectory is a function of its request and the policy's weights alone: which
 * worker answers, together with what else, and how often, changes no bit of it.
 *
 * <p>Thread-safe: what several callers ask of one policy version is generated side by side.
 */
public final class RolloutWorker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RolloutWorker.class);

    /** The reason why the trajectories of a question failed that is not there any more as it was drawn. */
    static final String GONE = "the question was deleted or replaced since it was drawn";

    private static final Duration UNKNOWN_RUN_PATIENCE = Duration.ofSeconds(10);

    private final PolicyShelf policies;
    private final RoundDraw draw;
    private final Environments environments;
    private final RolloutMetrics metrics;
    private final KnownRuns runs;
    private final AtomicReference<String> lastFailure = new AtomicReference<>("");

    RolloutWorker(PolicyShelf policies, Environments environments, RolloutMetrics metrics, InstantSource clock) {
        this(policies, environments, metrics, new RoundDraw(new ArrivedTexts()), clock);
    }

    RolloutWorker(
            PolicyShelf policies,
            Environments environments,
            RolloutMetrics metrics,
            RoundDraw draw,
            InstantSource clock) {
        runs = new KnownRuns(UNKNOWN_RUN_PATIENCE, clock);
        this.draw = draw;
        this.policies = policies;
        this.environments = environments;
        this.metrics = metrics;
    }

    /** Groups requests, in their order, by policy version, those of stopped runs by themselves. */
    public List<List<RolloutRequest>> batches(List<RolloutRequest> requests) {
        Set<String> stopped = policies.stopped().keySet();
        Map<List<Object>, List<RolloutRequest>> groups = new LinkedHashMap<>();
        requests.forEach(request -> groups.computeIfAbsent(
                        List.of(request.policy(), stopped.contains(request.id().run())), any -> new ArrayList<>())
                .add(request));
        return List.copyOf(groups.values());
    }

    /**
     * The samples of every request of a batch: generated, or failed with the reason. Nobody waits for those of a run that is over, and
     * there are none.
     *
     * @throws IllegalArgumentException if the batch holds several policy versions
     * @throws NotYetException if a request's run is stopped, or is now, since its policy computes what is not finite
     * @throws RefusedException if a request is not one that the recipe of its run asks for, or of no run that was announced; nothing of the
     *     batch was answered
     */
    public List<Trajectory> answer(List<RolloutRequest> requests) {
        List<RolloutRequest> batch = requests.stream()
                .filter(request -> !runs.isOver(request.id().run()))
                .toList();
        if (batch.isEmpty()) {
            return List.of();
        }
        batch.forEach(this::refuseUnasked);
        refuseStopped(batch);
        List<Trajectory> trajectories = new ArrayList<>();
        List<Sample> samples = new ArrayList<>();
        try (PolicyShelf.Loan loan =
                OpenSpan.within(SpanKind.WAITING, "the policy version").get(() -> policies.lend(policyOf(batch)))) {
            LoadedPolicy loaded = loan.policy();
            tell(batch.get(0).id(), loan);
            for (RolloutRequest request : batch) {
                try {
                    samples.addAll(samplesOf(request, loaded));
                } catch (UnanswerableException unanswerable) {
                    trajectories.addAll(failures(request, String.valueOf(unanswerable.getMessage())));
                }
            }
            String purpose = batch.get(0).id().purpose().word();
            trajectories.addAll(OpenSpan.within(SpanKind.COMPUTATION, "generation, " + purpose)
                    .get(() -> generate(batch.get(0).policy(), loaded, samples)));
        } catch (UnanswerableException withoutPolicy) {
            batch.forEach(
                    request -> trajectories.addAll(failures(request, String.valueOf(withoutPolicy.getMessage()))));
        }
        trajectories.forEach(metrics::ended);
        trajectories.forEach(this::warnIfFailed);
        return trajectories;
    }

    private static void tell(RequestId request, PolicyShelf.Loan loan) {
        loan.loadSeconds()
                .ifPresent(seconds ->
                        RunEvent.MODEL_LOADED.log(LOG, request.run(), request.round(), request.round(), seconds));
    }

    /** A run is new or has another state: what was stopped before is tried again. */
    public void announced(Run run) {
        runs.on(run);
        if (run.state().isOver()) {
            draw.forget(run.run());
        }
        policies.announced(run.run());
    }

    /**
     * Names the reader of announcements: a request of a run that none of them knows was left behind by one that was removed, or made up, and
     * holds up nobody.
     *
     * @param reader of which each supplied question says whether it has come to where the topic ended then
     */
    public void announcementsReadBy(Supplier<BooleanSupplier> reader) {
        runs.readBy(reader);
    }

    /** Everything announced before the service started has been read. */
    public void caughtUp() {
        runs.caughtUp();
    }

    /** The failures of a request that cannot be finished, for a reason that the queue has found. */
    public List<Trajectory> fail(RolloutRequest request, String reason) {
        List<Trajectory> failures = failures(request, reason);
        metrics.failed();
        failures.forEach(metrics::ended);
        failures.forEach(this::warnIfFailed);
        return failures;
    }

    /** Says a reason for failure when it is new; of one like the last there may be thousands. */
    private void warnIfFailed(Trajectory trajectory) {
        String failure = trajectory.failure();
        if (failure != null && !failure.equals(lastFailure.getAndSet(failure))) {
            LOG.atWarn()
                    .addKeyValue("run", trajectory.id().request().run())
                    .addKeyValue("round", trajectory.id().request().round())
                    .addKeyValue("trajectory", trajectory.id().toString())
                    .addKeyValue("reason", failure)
                    .log("a trajectory failed; others like it are counted only");
        }
    }

    @Override
    public void close() {
        policies.close();
    }

    private static ModelReference policyOf(List<RolloutRequest> batch) {
        List<ModelReference> policies =
                batch.stream().map(RolloutRequest::policy).distinct().toList();
        if (policies.size() != 1) {
            throw new IllegalArgumentException("a batch holds one policy version, but this one holds " + policies);
        }
        return policies.get(0);
    }

    private List<Sample> samplesOf(RolloutRequest request, LoadedPolicy loaded) {
        if (draw.arrived().isGone(request)) {
            throw new UnanswerableException(GONE);
        }
        List<Sample> samples = Sample.of(
                request,
                loaded,
                () -> environments.over(loaded.tokenizer(), request.generation().environment()));
        try {
            loaded.policy().check(samples.stream().map(Sample::task).toList());
        } catch (TaskTooLargeException never) {
            throw new UnanswerableException(String.valueOf(never.getMessage()));
        }
        return samples;
    }

    private void refuseUnasked(RolloutRequest request) {
        Run run = runs.unfinished(request.id().run());
        if (run == null && runs.isUnknown(request.id().run())) {
            throw new RefusedException(
                    "there is no run " + request.id().run() + ": it was never announced, or was removed");
        }
        if (run != null) {
            RequestCheck.refusal(request, run)
                    .or(() -> draw.refusal(request, run))
                    .ifPresent(reason -> {
                        throw new RefusedException(reason);
                    });
        }
    }

    private void refuseStopped(List<RolloutRequest> batch) {
        Map<String, String> stopped = policies.stopped();
        for (RolloutRequest request : batch) {
            String reason = stopped.get(request.id().run());
            if (reason != null) {
                throw new NotYetException("run " + request.id().run() + ", which is stopped: " + reason);
            }
        }
    }

    private List<Trajectory> generate(ModelReference policy, LoadedPolicy loaded, List<Sample> samples) {
        List<GeneratedResponse> generations = metrics.timed(() ->
                loaded.policy().generate(samples.stream().map(Sample::task).toList()));
        try {
            FiniteNumbers.require(
                    "log-probabilities",
                    generations.stream().map(GeneratedResponse::logProbs).toList(),
                    row -> samples.get(row).id().toString());
        } catch (NonFiniteException notFinite) {
            throw stopped(policy, samples.get(notFinite.row()), generations.get(notFinite.row()), notFinite);
        }
        List<Integer> ends = loaded.policy().config().endTokenIds();
        return IntStream.range(0, samples.size())
                .mapToObj(row -> samples.get(row).trajectory(generations.get(row), loaded.tokenizer(), ends))
                .toList();
    }

    private NotYetException stopped(
            ModelReference policy, Sample sample, GeneratedResponse generation, NonFiniteException notFinite) {
        RequestId request = sample.id().request();
        Run run = runs.unfinished(request.run());
        Sequence response =
                new Sequence(sample.task().promptIds(), generation.responseIds(), generation.environmentMask());
        String reason = "round " + request.round() + ", generation: " + notFinite.getMessage() + " under the policy "
                + policy.uri();
        if (run != null) {
            StepJournal journal = new StepJournal(
                    request.run(),
                    "policy",
                    RunDirectory.of(run).nonFinite(),
                    () -> StepOrigin.ofVersion(RunDirectory.pathOf(policy), request.round(), policy.sha256()));
            reason += ". " + journal.keep(request.round(), "generation", notFinite, List.of(response));
        }
        policies.stop(request.run(), reason);
        LOG.atError()
                .addKeyValue("run", request.run())
                .addKeyValue("round", request.round())
                .addKeyValue("reason", reason)
                .log("the run is stopped; none of these trajectories was published");
        return new NotYetException("run " + request.run() + ", which is stopped: " + reason);
    }

    private static List<Trajectory> failures(RolloutRequest request, String reason) {
        return IntStream.range(0, request.samples())
                .mapToObj(sample -> Trajectory.failed(
                        request.id().sample(sample), request.domain(), request.questionText(), reason))
                .toList();
    }
}
