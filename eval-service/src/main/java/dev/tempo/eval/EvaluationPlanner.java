package dev.tempo.eval;

import dev.tempo.contract.ArrivingQuestion;
import dev.tempo.contract.Awaited;
import dev.tempo.contract.CriticVersion;
import dev.tempo.contract.EvaluationReport;
import dev.tempo.contract.JudgedTrajectory;
import dev.tempo.contract.PolicyVersion;
import dev.tempo.contract.Promotion;
import dev.tempo.contract.RequestId;
import dev.tempo.contract.RolloutRequest;
import dev.tempo.contract.Run;
import dev.tempo.contract.StageStart;
import dev.tempo.contract.Topics;
import dev.tempo.contract.ValuedTrajectory;
import dev.tempo.messaging.Outgoing;
import dev.tempo.runs.ShadowQuestion;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The planner that asks for the samples of every policy version that the recipe wants measured, collects them, and
 * reports.
 *
 * <p>An instance acts while it is {@linkplain #assigned assigned} and has {@linkplain #caughtUp caught up} with what is
 * there already; until then it only learns. An instance that takes over asks for all versions that have no report yet
 * once more: the samples come out the same, bit by bit, and duplicates are dropped. Every method returns what is to be
 * published. Thread-safe.
 */
public final class EvaluationPlanner {
    private final EvalProperties properties;
    private final InstantSource clock;
    private final Map<String, MeasuredRun> runs = new TreeMap<>();
    private boolean assigned;
    private int generation;
    private boolean caughtUp;

    public EvaluationPlanner(EvalProperties properties, InstantSource clock) {
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * This instance alone measures from here on.
     *
     * @param generation of the group, in which it does
     */
    public synchronized List<Outgoing<?>> assigned(int generation) {
        this.generation = generation;
        assigned = true;
        return begin();
    }

    public synchronized void revoked() {
        assigned = false;
        runs.values().forEach(MeasuredRun::abandon);
    }

    /** Runs, versions and reports that were there when the service started are all known. */
    public synchronized List<Outgoing<?>> caughtUp() {
        caughtUp = true;
        return begin();
    }

    public synchronized List<Outgoing<?>> on(Run run) {
        run(run.run()).on(run);
        return begin();
    }

    public synchronized List<Outgoing<?>> on(PolicyVersion version) {
        run(version.run()).on(version, clock.instant());
        return begin();
    }

    public synchronized void on(EvaluationReport report) {
        run(report.run()).on(report);
    }

    public synchronized void on(Promotion promotion) {
        run(promotion.run()).promotions().on(promotion);
    }

    public synchronized void on(CriticVersion version) {
        run(version.run()).promotions().on(version);
    }

    /** A question has arrived, or was deleted: what is to be asked as shadow traffic. */
    public synchronized List<Outgoing<?>> on(ArrivingQuestion question) {
        return assigned && caughtUp ? requests(run -> shadowed(run, question)) : List.of();
    }

    private List<RolloutRequest> shadowed(MeasuredRun measured, ArrivingQuestion question) {
        Run active = measured.active();
        return active == null ? List.of() : measured.promotions().on(active, question, clock.instant());
    }

    private static boolean isShadow(MeasuredRun measured, RequestId request) {
        Run run = measured.run();
        return run != null && ShadowQuestion.isAsked(run.recipe(), request);
    }

    private static List<Promotion.ShadowComparison> shadowComparisons(MeasuredRun measured) {
        Run active = measured.active();
        return active == null
                ? List.of()
                : measured.promotions().shadows().comparisons(active.recipe().seed());
    }

    /** How many questions of shadow traffic have come to that, of all runs. */
    synchronized int shadows(ShadowOutcome outcome) {
        return sum(run -> run.promotions().shadows().count(outcome));
    }

    /** How many questions of shadow traffic are under way. */
    synchronized int openShadows() {
        return sum(run -> run.promotions().shadows().open());
    }

    /** What shadow traffic comes to now, of the active run that is first by its id; empty while it is nothing. */
    synchronized List<Promotion.ShadowComparison> shadowComparisons() {
        return runs.values().stream()
                .map(EvaluationPlanner::shadowComparisons)
                .filter(comparisons -> !comparisons.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    /** Whether nothing of a run is left to be tried for promotion. */
    public synchronized boolean isTried(Run run) {
        return run(run.run()).promotions().isDone(run);
    }

    public synchronized List<Outgoing<?>> on(JudgedTrajectory judged) {
        RequestId request = judged.trajectory().id().request();
        MeasuredRun measured = run(request.run());
        if (isShadow(measured, request)) {
            measured.promotions().shadows().judged(request, judged.verdict().reward());
            return List.of();
        }
        return measured.isPromotion(judged)
                ? measured.tried(judged, clock.instant())
                : reported(measured.on(judged, clock.instant()));
    }

    public synchronized List<Outgoing<?>> on(ValuedTrajectory valued) {
        RequestId request = valued.trajectory().id().request();
        MeasuredRun measured = run(request.run());
        if (isShadow(measured, request)) {
            measured.promotions().shadows().valued(request, valued.reward());
            return List.of();
        }
        return reported(measured.on(valued, clock.instant()));
    }

    /** The requests that are late, to be repeated. */
    public synchronized List<Outgoing<?>> tick() {
        return requests(run -> run.late(clock.instant()));
    }

    /** What was made meanwhile of files that could not be read or written before, once their pause is over. */
    public synchronized List<Outgoing<?>> retried() {
        Instant now = clock.instant();
        List<MeasuredRun> due =
                runs.values().stream().filter(run -> run.isDue(now)).toList();
        List<Outgoing<?>> outgoing = new ArrayList<>();
        due.forEach(run -> add(outgoing, new Outgoing<>(Topics.EVALUATION_REPORTS, run.written(now))));
        if (!due.isEmpty()) {
            outgoing.addAll(begin());
        }
        return outgoing;
    }

    /** The requests for the next questions of measurements that ask few ahead. */
    public synchronized List<Outgoing<?>> next() {
        return requests(run -> run.next(clock.instant()));
    }

    /** Whether a measurement waits for the verdicts from before it to be told again. */
    public synchronized boolean looksBack() {
        return runs.values().stream().anyMatch(MeasuredRun::looksBack);
    }

    /** All verdicts from before were told again: the requests for the first questions that have none. */
    public synchronized List<Outgoing<?>> lookedBack() {
        return requests(run -> run.lookedBack(clock.instant()));
    }

    synchronized int openRequests() {
        return sum(MeasuredRun::openRequests);
    }

    synchronized int stalledRounds() {
        return sum(run -> run.stalled(clock.instant()));
    }

    /** The records that measurements wait for, in the order of the runs' ids. */
    synchronized List<Awaited> awaited() {
        return runs.values().stream().flatMap(run -> run.awaited().stream()).toList();
    }

    InstantSource clock() {
        return clock;
    }

    /** The samples that stalled versions wait for, in words, by run. */
    synchronized Map<String, String> stalled() {
        Map<String, String> stalled = new TreeMap<>();
        runs.forEach((name, run) -> {
            if (run.stalled(clock.instant()) > 0) {
                stalled.put(
                        "run " + name,
                        run.waitingFor().entrySet().stream()
                                .map(version -> version.getKey() + " waits for " + version.getValue())
                                .collect(Collectors.joining(", ")));
            }
        });
        return stalled;
    }

    /** The reasons why runs cannot be measured, or not at present, by run. */
    synchronized Map<String, String> problems() {
        Map<String, String> problems = new TreeMap<>();
        runs.forEach((name, run) -> {
            String problem = run.problem();
            if (problem != null) {
                problems.put("run " + name, problem);
            }
        });
        return problems;
    }

    /** The samples that open versions wait for, in words, by run and version. */
    synchronized Map<String, String> waitingFor() {
        Map<String, String> waiting = new TreeMap<>();
        runs.forEach((name, run) ->
                run.waitingFor().forEach((version, missing) -> waiting.put("run " + name + " " + version, missing)));
        return waiting;
    }

    private List<Outgoing<?>> begin() {
        List<Outgoing<?>> outgoing = new ArrayList<>();
        if (assigned && caughtUp) {
            for (MeasuredRun run : List.copyOf(runs.values())) {
                add(outgoing, new Outgoing<>(Topics.EVALUATION_REPORTS, run.lost(clock.instant())));
                add(outgoing, new Outgoing<>(Topics.EVALUATION_REPORTS, adopted(run)));
                outgoing.addAll(run.begin(generation, clock.instant()));
            }
        }
        return outgoing;
    }

    /** A run that begins after a cached stage takes over the reports of the run that computed it, and says so. */
    private List<EvaluationReport> adopted(MeasuredRun run) {
        Run submitted = run.run();
        StageStart start = submitted == null ? null : submitted.start();
        MeasuredRun origin = start == null ? null : runs.get(start.origin());
        List<EvaluationReport> adopted = new ArrayList<>();
        if (submitted != null && start != null && origin != null) {
            for (EvaluationReport report : origin.reports().values()) {
                if (report.version() < start.version() && !run.reports().containsKey(report.version())) {
                    adopted.add(of(submitted.run(), report));
                }
            }
        }
        adopted.forEach(run::on);
        return adopted;
    }

    private static EvaluationReport of(String run, EvaluationReport report) {
        return new EvaluationReport(
                run,
                report.version(),
                report.stage(),
                report.roundOfStage(),
                report.last(),
                report.sets(),
                report.critic(),
                report.wallSeconds(),
                report.cpuSeconds(),
                report.origin() == null ? report.run() : report.origin());
    }

    private List<Outgoing<?>> requests(Function<MeasuredRun, List<RolloutRequest>> ofRun) {
        List<RolloutRequest> requests = new ArrayList<>();
        runs.values().forEach(run -> requests.addAll(ofRun.apply(run)));
        List<Outgoing<?>> outgoing = new ArrayList<>();
        add(outgoing, new Outgoing<>(Topics.EVALUATION_ROLLOUT_REQUESTS, requests));
        return outgoing;
    }

    private MeasuredRun run(String name) {
        return runs.computeIfAbsent(name, first -> new MeasuredRun(properties));
    }

    private int sum(ToIntFunction<MeasuredRun> count) {
        return runs.values().stream().mapToInt(count).sum();
    }

    private static List<Outgoing<?>> reported(@Nullable EvaluationReport report) {
        return report == null ? List.of() : List.of(new Outgoing<>(Topics.EVALUATION_REPORTS, List.of(report)));
    }

    private static void add(List<Outgoing<?>> all, Outgoing<?> outgoing) {
        if (!outgoing.messages().isEmpty()) {
            all.add(outgoing);
        }
    }
}
