package dev.tempo.eval;

import dev.tempo.contract.Awaited;
import dev.tempo.contract.EvaluationReport;
import dev.tempo.contract.JudgedTrajectory;
import dev.tempo.contract.PolicyVersion;
import dev.tempo.contract.Purpose;
import dev.tempo.contract.RolloutRequest;
import dev.tempo.contract.Run;
import dev.tempo.contract.RunState;
import dev.tempo.contract.TrajectoryId;
import dev.tempo.contract.ValuedTrajectory;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.kept.KeptRows;
import dev.tempo.messaging.Outgoing;
import dev.tempo.messaging.Wire;
import dev.tempo.messaging.letters.RefusedException;
import dev.tempo.messaging.service.RunEvent;
import dev.tempo.messaging.service.Stopwatch;
import dev.tempo.runs.AskedTrajectories;
import dev.tempo.runs.RunDirectory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run's measurements: which versions there are, which are measured, which are being measured. Not thread-safe. */
final class MeasuredRun {
    private static final Logger LOG = LoggerFactory.getLogger(MeasuredRun.class);

    private static final String KEPT_REPORTS = "what was measured before";
    private static final String BENCHMARKS = "the benchmark of a version";
    private static final String PROMOTIONS = "the promotion of a version";

    private final EvalProperties properties;
    private final RunPromotions promotions = new RunPromotions();
    private final TreeMap<Integer, PolicyVersion> versions = new TreeMap<>();
    private final TreeMap<Integer, EvaluationReport> reports = new TreeMap<>();
    private final TreeMap<Integer, OpenMeasurement> open = new TreeMap<>();
    private @Nullable Run run;
    private @Nullable Benchmarks benchmarks;
    private final TreeMap<Integer, QuestionsAhead> ahead = new TreeMap<>();
    private boolean looksBack;
    private final PostponedFiles files = new PostponedFiles();
    private boolean keptRead;
    private Instant lastNews = Instant.EPOCH;

    MeasuredRun(EvalProperties properties) {
        this.properties = properties;
    }

    void on(Run submitted) {
        run = submitted;
        versions.values().forEach(this::end);
        if (submitted.state() != RunState.ACTIVE) {
            abandon();
        }
    }

    void on(PolicyVersion version, Instant now) {
        versions.put(version.version(), version);
        promotions.on(version);
        end(version);
        lastNews = now;
    }

    /** A run whose recipe has no end has one once a version is the last. */
    private void end(PolicyVersion version) {
        if (run != null) {
            run = run.endingWith(version);
        }
    }

    void on(EvaluationReport report) {
        reports.put(report.version(), report);
        open.remove(report.version());
    }

    Map<Integer, EvaluationReport> reports() {
        return reports;
    }

    /** The reports that were made and that the broker has lost. They count from now on and are to be published again. */
    List<EvaluationReport> lost(Instant now) {
        Run active = active();
        List<EvaluationReport> lost = new ArrayList<>();
        if (active != null && !keptRead && !files.isPostponed(KEPT_REPORTS, now)) {
            keptRead = files.attempt(active.run(), KEPT_REPORTS, now, () -> {
                for (byte[] message :
                        RunDirectory.of(active).measurements().all().values()) {
                    EvaluationReport report = Wire.read(EvaluationReport.class, message);
                    if (!reports.containsKey(report.version())) {
                        lost.add(report);
                    }
                }
            });
            lost.forEach(this::on);
        }
        return lost;
    }

    /** The end of measuring here: open measurements are forgotten; {@link #begin} starts it again. */
    void abandon() {
        open.clear();
        promotions.abandon();
        files.clear();
        ahead.clear();
        looksBack = false;
        benchmarks = null;
    }

    /**
     * The requests for all samples of the versions that are due and neither measured nor being measured.
     *
     * @param generation of the group in which this instance measures
     */
    List<Outgoing<?>> begin(int generation, Instant now) {
        List<Outgoing<?>> outgoing = new ArrayList<>();
        Run active = active();
        if (active == null || !keptRead) {
            return outgoing;
        }
        for (PolicyVersion version : versions.values()) {
            int number = version.version();
            boolean due = active.recipe().hasVersion(number) && active.recipe().evaluates(number);
            if (due && !reports.containsKey(number) && !open.containsKey(number)) {
                outgoing.addAll(begin(active, version, now));
            }
        }
        outgoing.addAll(promoting(active, now, () -> promotions.begin(active, generation, now)));
        return outgoing;
    }

    /** What follows of promotions; where their files cannot be used the trial is begun again later, with the same answers. */
    private List<Outgoing<?>> promoting(Run active, Instant now, Supplier<List<Outgoing<?>>> step) {
        List<Outgoing<?>> outgoing = new ArrayList<>();
        if (!files.isPostponed(PROMOTIONS, now)
                && !files.attempt(active.run(), PROMOTIONS, now, () -> outgoing.addAll(step.get()))) {
            promotions.abandon();
        }
        return outgoing;
    }

    /** Whether something that needs files is to be begun again by {@link #lost} and {@link #begin}. */
    boolean isDue(Instant now) {
        return active() != null && files.isDue(now);
    }

    /** The reports of versions whose files could not be written before and can now. */
    List<EvaluationReport> written(Instant now) {
        List<EvaluationReport> reports = new ArrayList<>();
        for (OpenMeasurement current : List.copyOf(open.values())) {
            EvaluationReport report = close(current, now);
            if (report != null) {
                reports.add(report);
            }
        }
        return reports;
    }

    /** The run's promotions. */
    RunPromotions promotions() {
        return promotions;
    }

    /** Whether a verdict is on a question of the promotion set. */
    boolean isPromotion(JudgedTrajectory judged) {
        Run present = run;
        return present != null
                && present.recipe().promotion() != null
                && Benchmarks.setOf(judged.trajectory().id().request().question())
                        .equals(Recipe.PROMOTION_SET);
    }

    /** What follows from a verdict on a question of the promotion set. */
    List<Outgoing<?>> tried(JudgedTrajectory judged, Instant now) {
        Run active = active();
        if (active == null) {
            return List.of();
        }
        String refusal =
                AskedTrajectories.refusal(active.recipe(), judged.trajectory().id());
        if (refusal != null) {
            throw new RefusedException(refusal);
        }
        return promoting(active, now, () -> promotions.on(active, judged, now));
    }

    private List<Outgoing<?>> begin(Run active, PolicyVersion version, Instant now) {
        List<Outgoing<?>> outgoing = new ArrayList<>();
        Benchmarks questions = benchmarks;
        if (questions == null) {
            Stopwatch reading = Stopwatch.start();
            questions = read(active, now);
            if (questions == null) {
                return outgoing;
            }
            benchmarks = questions;
            RunEvent.RUN_BEGUN.log(LOG, version.run(), version.version(), version.version(), reading.seconds());
            outgoing.addAll(questions.answers());
        }
        EvaluationRound round = new EvaluationRound(version, active.recipe(), questions.sets());
        OpenMeasurement opened = new OpenMeasurement(round);
        open.put(version.version(), opened);
        lastNews = now;
        if (active.recipe().trains() && questions.size() <= KeptRows.HELD) {
            questions
                    .sets()
                    .values()
                    .forEach(set -> set.forEach(row -> opened.ask(row.question().id(), now)));
            outgoing.addAll(questions.requests(version));
        } else {
            ahead.put(
                    version.version(),
                    new QuestionsAhead(questions.sets().values().stream()
                            .flatMap(List::stream)
                            .map(row -> row.question().id())
                            .iterator()));
            looksBack = !active.recipe().trains();
        }
        return outgoing;
    }

    /** The questions of all sets; null where their files cannot be read at present. */
    private @Nullable Benchmarks read(Run active, Instant now) {
        List<Benchmarks> read = new ArrayList<>();
        if (!files.isPostponed(BENCHMARKS, now)) {
            files.attempt(active.run(), BENCHMARKS, now, () -> read.add(new Benchmarks(active)));
        }
        return read.isEmpty() ? null : read.get(0);
    }

    /**
     * Whether a measurement waits to be told what there is of it from before: where nothing else is computed, what a killed
     * measurement had come to is worth more than a quick start.
     */
    boolean looksBack() {
        return looksBack;
    }

    /** All verdicts from before are told. */
    List<RolloutRequest> lookedBack(Instant now) {
        if (!looksBack) {
            return List.of();
        }
        looksBack = false;
        lastNews = now;
        return next(now);
    }

    /** The requests for the next questions of measurements that ask few ahead. */
    List<RolloutRequest> next(Instant now) {
        List<RolloutRequest> requests = new ArrayList<>();
        Benchmarks questions = benchmarks;
        if (questions == null || looksBack) {
            return requests;
        }
        ahead.keySet().retainAll(open.keySet());
        ahead.forEach((version, ofIt) -> {
            OpenMeasurement current = open.get(version);
            if (current != null) {
                for (String question : ofIt.next(current.round()::lacksVerdictOn)) {
                    current.ask(question, now);
                    requests.add(questions.request(current.round().version(), question));
                }
            }
        });
        return requests;
    }

    /** The report, if this was the last record that its version waited for. */
    @Nullable
    EvaluationReport on(JudgedTrajectory judged, Instant now) {
        TrajectoryId id = judged.trajectory().id();
        refuseMisplaced(id);
        OpenMeasurement current = open.get(id.request().round());
        if (current == null || !current.round().add(judged)) {
            return null;
        }
        lastNews = now;
        current.owed().judged(id);
        return close(current, now);
    }

    /** The report, if this was the last record that its version waited for. */
    @Nullable
    EvaluationReport on(ValuedTrajectory valued, Instant now) {
        TrajectoryId id = valued.trajectory().id();
        OpenMeasurement current = open.get(id.request().round());
        if (current == null || !current.round().add(valued)) {
            return null;
        }
        lastNews = now;
        current.owed().valued(id);
        return close(current, now);
    }

    private void refuseMisplaced(TrajectoryId id) {
        Run active = active();
        Benchmarks questions = benchmarks;
        if (active == null) {
            return;
        }
        String refusal = id.request().purpose() == Purpose.EVALUATION
                ? AskedTrajectories.refusal(active.recipe(), id)
                : id + " belongs to another topic";
        if (refusal == null && questions != null && !questions.has(id.request().question())) {
            refusal = id + " is of no question of its set";
        }
        if (refusal != null) {
            throw new RefusedException(refusal);
        }
    }

    /** The report of a version of which everything is there, once it is written beside the run; else null. */
    private @Nullable EvaluationReport close(OpenMeasurement current, Instant now) {
        String purpose = "the report of version " + current.round().version().version();
        if (!current.round().isClosed() || files.isPostponed(purpose, now)) {
            return null;
        }
        EvaluationReport report = current.round().report();
        Run measured = run;
        if (measured != null
                && !files.attempt(
                        report.run(), purpose, now, () -> MeasurementFiles.write(current.round(), report, measured))) {
            return null;
        }
        on(report);
        int version = report.version();
        RunEvent.EVALUATION_DONE.log(
                LOG, report.run(), version, version, current.sinceAsked().seconds());
        if (report.last()) {
            RunEvent.RUN_FINISHED.log(LOG, report.run(), version, version, report.wallSeconds());
        }
        return report;
    }

    /** The requests to repeat. Training goes before evaluation: while there is any news of the run nothing is late. */
    List<RolloutRequest> late(Instant now) {
        List<RolloutRequest> again = new ArrayList<>();
        Benchmarks questions = benchmarks;
        if (questions != null && !looksBack && silentFor(properties.patience(), now)) {
            for (OpenMeasurement current : open.values()) {
                current.owed()
                        .late(now, properties.patience())
                        .forEach(request ->
                                again.add(questions.request(current.round().version(), request.question())));
            }
        }
        again.addAll(promotions.late(now, properties.patience()));
        return again;
    }

    int openRequests() {
        return open.values().stream().mapToInt(current -> current.owed().size()).sum();
    }

    /** The number of versions that have waited for too long. */
    int stalled(Instant now) {
        return silentFor(properties.stalledAfter(), now) ? open.size() : 0;
    }

    /** The reason why the run cannot be measured, or not at present; null if it can. */
    @Nullable
    String problem() {
        return files.words();
    }

    /** The records that open versions wait for, and the files. */
    List<Awaited> awaited() {
        Run present = run;
        List<Awaited> awaited = new ArrayList<>(present == null ? List.of() : files.awaited(present.run()));
        open.values().stream()
                .filter(current -> !current.round().isClosed())
                .forEach(current -> awaited.add(current.round().awaited(lastNews)));
        promotions.awaited().ifPresent(awaited::add);
        return awaited;
    }

    /** The samples that each open version waits for, in words. */
    Map<String, String> waitingFor() {
        Map<String, String> waiting = new TreeMap<>();
        open.forEach((version, current) -> {
            if (!current.round().isClosed()) {
                waiting.put("v" + version, current.round().missing());
            }
        });
        return waiting;
    }

    /** The run while it can be measured; null before and after. */
    @Nullable
    Run active() {
        return run != null && run.state() == RunState.ACTIVE ? run : null;
    }

    @Nullable
    Run run() {
        return run;
    }

    private boolean silentFor(Duration duration, Instant now) {
        return !lastNews.plus(duration).isAfter(now);
    }
}
