package dev.tempo.eval;

import com.google.re2j.Pattern;
import dev.tempo.algorithm.rounds.CounterRandom;
import dev.tempo.contract.Awaited;
import dev.tempo.contract.EvaluationReport;
import dev.tempo.contract.JudgedTrajectory;
import dev.tempo.contract.PolicyVersion;
import dev.tempo.contract.SetReport;
import dev.tempo.contract.Topic;
import dev.tempo.contract.Topics;
import dev.tempo.contract.TrajectoryId;
import dev.tempo.contract.ValuedTrajectory;
import dev.tempo.contract.Values;
import dev.tempo.contract.recipe.Evaluation;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.datasets.LabeledQuestion;
import dev.tempo.eval.report.MeasuredQuestion;
import dev.tempo.eval.report.MeasurementDetail;
import dev.tempo.kept.KeptRows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The measurement of one policy version: closed when every sample of every question has its verdict and, where the
 * critic's quality is asked for, its values. The first record of an id counts. Not thread-safe.
 */
final class EvaluationRound {
    private final PolicyVersion version;
    private final Recipe recipe;
    private final Map<String, SetRecords<JudgedSample>> verdicts = new TreeMap<>();
    private final Map<String, KeptRows<LabeledQuestion>> sets;
    private final @Nullable Pattern format;
    private final @Nullable SetRecords<OptionalDouble> values;

    /** @param sets the questions of every set of the recipe, with ids {@code set/id} */
    EvaluationRound(PolicyVersion version, Recipe recipe, Map<String, KeptRows<LabeledQuestion>> sets) {
        this.version = version;
        this.recipe = recipe;
        this.sets = Map.copyOf(sets);
        String expression = recipe.evaluation().format();
        format = expression == null ? null : Pattern.compile(expression);
        sets.forEach((set, questions) -> verdicts.put(
                set, new SetRecords<>(questions, recipe.evaluation().samples(set), new SampleForm())));
        String criticSet = recipe.evaluation().criticQualityOn();
        KeptRows<LabeledQuestion> valued = criticSet == null ? null : sets.get(criticSet);
        values = criticSet == null || valued == null
                ? null
                : new SetRecords<>(valued, recipe.evaluation().samples(criticSet), new LastValueForm());
    }

    PolicyVersion version() {
        return version;
    }

    /** How the recipe wants versions measured. */
    Evaluation evaluation() {
        return recipe.evaluation();
    }

    /** Whether the record is news to this round. */
    boolean add(JudgedTrajectory judged) {
        TrajectoryId id = judged.trajectory().id();
        SetRecords<JudgedSample> set = ofSet(id.request().question());
        return set != null && set.add(id, JudgedSample.of(judged, format));
    }

    /** Whether the record is news to this round. */
    boolean add(ValuedTrajectory valued) {
        Values v = valued.values();
        OptionalDouble last = v.length() == 0 ? OptionalDouble.empty() : OptionalDouble.of(v.get(v.length() - 1));
        return values != null && values.add(valued.trajectory().id(), last);
    }

    /** Whether a verdict on a question is missing. */
    boolean lacksVerdictOn(String question) {
        SetRecords<JudgedSample> set = ofSet(question);
        return set != null && set.lacks(question);
    }

    boolean hasVerdict(TrajectoryId id) {
        SetRecords<JudgedSample> set = ofSet(id.request().question());
        return set != null && set.has(id);
    }

    boolean hasValues(TrajectoryId id) {
        return values != null && values.has(id);
    }

    private @Nullable SetRecords<JudgedSample> ofSet(String question) {
        return verdicts.get(Benchmarks.setOf(question));
    }

    boolean isClosed() {
        return verdicts.values().stream().allMatch(SetRecords::isClosed) && (values == null || values.isClosed());
    }

    /** The records still missing, in words. */
    String missing() {
        int unjudged = verdicts.values().stream().mapToInt(SetRecords::missing).sum();
        int unvalued = values == null ? 0 : values.missing();
        String verdictsMissing = unjudged + (unjudged == 1 ? " verdict" : " verdicts");
        String valuesMissing = "values of " + unvalued + (unvalued == 1 ? " trajectory" : " trajectories");
        if (unvalued == 0) {
            return verdictsMissing;
        }
        return unjudged == 0 ? valuesMissing : verdictsMissing + " and " + valuesMissing;
    }

    /** The records still missing, with the service that writes them: verdicts first, and values where no verdict is missing. */
    Awaited awaited(Instant since) {
        List<String> unjudged = verdicts.values().stream()
                .flatMap(set -> set.firstMissing(Awaited.NAMED).stream())
                .toList();
        SetRecords<OptionalDouble> valued = values;
        Topic<?> topic = Topics.JUDGED_EVALUATION_TRAJECTORIES;
        List<String> missing = unjudged;
        if (unjudged.isEmpty() && valued != null) {
            topic = Topics.VALUED_EVALUATION_TRAJECTORIES;
            missing = valued.firstMissing(Awaited.NAMED);
        }
        String what = "the measurement of version " + version.version() + " waits for " + missing();
        return new Awaited(version.run(), what, topic.writer(), since, missing);
    }

    /** @throws IllegalStateException unless {@link #isClosed} */
    EvaluationReport report() {
        long seed = CounterRandom.key(recipe.seed(), "evaluation", version.version());
        List<SetReport> reports = new ArrayList<>();
        CriticJoin critic = critic();
        verdicts.keySet().forEach(set -> reports.add(scores(set, seed).report()));
        return new EvaluationReport(
                version.run(),
                version.version(),
                version.stage(),
                version.roundOfStage(),
                version.last(),
                reports,
                critic == null ? null : critic.report(),
                version.wallSeconds(),
                version.cpuSeconds(),
                null);
    }

    /**
     * Hands over every question of every set with its samples.
     *
     * @throws IllegalStateException unless {@link #isClosed}
     */
    void forEachQuestion(Consumer<MeasuredQuestion> consumer) {
        verdicts.forEach((set, records) -> records.forEachQuestion((id, samples) -> consumer.accept(
                SetScores.question(set, id, samples, recipe.evaluation().passAt(set)))));
    }

    private SetScores scores(String set, long seed) {
        SetScores scores = new SetScores(
                set, recipe.evaluation(), Objects.requireNonNull(sets.get(set)).size(), seed);
        Objects.requireNonNull(verdicts.get(set)).forEachQuestion(scores::add);
        return scores;
    }

    /**
     * What the report has no room for.
     *
     * @throws IllegalStateException unless {@link #isClosed}
     */
    MeasurementDetail detail() {
        Map<String, MeasurementDetail.SetDetail> details = new TreeMap<>();
        verdicts.keySet().forEach(set -> details.put(set, scores(set, 0).detail()));
        CriticJoin critic = critic();
        return new MeasurementDetail(version.version(), details, critic == null ? List.of() : critic.reliability());
    }

    private @Nullable CriticJoin critic() {
        String set = recipe.evaluation().criticQualityOn();
        SetRecords<JudgedSample> judged = set == null ? null : verdicts.get(set);
        return values == null || judged == null ? null : CriticJoin.of(judged.all(), values.all());
    }
}
