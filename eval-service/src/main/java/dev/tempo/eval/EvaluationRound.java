package dev.tempo.eval;

import com.google.re2j.Pattern;
import dev.tempo.algorithm.rounds.BatchAssembler;
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
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.eval.report.MeasuredQuestion;
import dev.tempo.eval.report.MeasurementDetail;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The measurement of one policy version: closed when every sample of every question has its verdict and, where the
 * critic's quality is asked for, its values. The first record of an id counts. Not thread-safe.
 */
final class EvaluationRound {
    private final PolicyVersion version;
    private final Recipe recipe;
    private final Map<String, BatchAssembler<JudgedSample>> verdicts = new TreeMap<>();
    private final Map<String, List<String>> idsBySet;
    private final @Nullable Pattern format;
    private final @Nullable BatchAssembler<OptionalDouble> values;

    /** @param idsBySet the question ids ({@code set/id}) of every set of the recipe */
    EvaluationRound(PolicyVersion version, Recipe recipe, Map<String, List<String>> idsBySet) {
        this.version = version;
        this.recipe = recipe;
        this.idsBySet = Map.copyOf(idsBySet);
        String expression = recipe.evaluation().format();
        format = expression == null ? null : Pattern.compile(expression);
        idsBySet.forEach((set, ids) ->
                verdicts.put(set, BatchAssembler.of(ids, recipe.evaluation().samples(set))));
        String criticSet = recipe.evaluation().criticQualityOn();
        List<String> valued = criticSet == null ? null : idsBySet.get(criticSet);
        values = criticSet == null || valued == null
                ? null
                : BatchAssembler.of(valued, recipe.evaluation().samples(criticSet));
    }

    PolicyVersion version() {
        return version;
    }

    /** Whether the record is news to this round. */
    boolean add(JudgedTrajectory judged) {
        TrajectoryId id = judged.trajectory().id();
        String question = id.request().question();
        BatchAssembler<JudgedSample> set = verdicts.get(Benchmarks.setOf(question));
        return set != null
                && set.add(question, id.sample(), JudgedSample.of(judged, format)) == BatchAssembler.Acceptance.NEW;
    }

    /** Whether the record is news to this round. */
    boolean add(ValuedTrajectory valued) {
        TrajectoryId id = valued.trajectory().id();
        Values v = valued.values();
        OptionalDouble last = v.length() == 0 ? OptionalDouble.empty() : OptionalDouble.of(v.get(v.length() - 1));
        return values != null
                && values.add(id.request().question(), id.sample(), last) == BatchAssembler.Acceptance.NEW;
    }

    boolean isClosed() {
        return verdicts.values().stream().allMatch(BatchAssembler::isClosed) && (values == null || values.isClosed());
    }

    /** The records still missing, in words. */
    String missing() {
        int unjudged =
                verdicts.values().stream().mapToInt(BatchAssembler::missing).sum();
        return unjudged + " verdicts" + (values == null ? "" : " and values of " + values.missing() + " trajectories");
    }

    /** The records still missing, with the service that writes them: verdicts first, and values where no verdict is missing. */
    Awaited awaited(Instant since) {
        List<String> unjudged = verdicts.values().stream()
                .flatMap(set -> set.firstMissing(Awaited.NAMED).stream())
                .toList();
        BatchAssembler<OptionalDouble> valued = values;
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
        List<SetReport> sets = new ArrayList<>();
        CriticJoin critic = critic();
        verdicts.forEach((set, samples) ->
                sets.add(new SetScores(set, byQuestion(set, samples), recipe.evaluation(), seed).report()));
        return new EvaluationReport(
                version.run(),
                version.version(),
                version.stage(),
                version.roundOfStage(),
                version.last(),
                sets,
                critic == null ? null : critic.report(),
                version.wallSeconds(),
                version.cpuSeconds(),
                null);
    }

    /**
     * Every question of every set with its samples.
     *
     * @throws IllegalStateException unless {@link #isClosed}
     */
    List<MeasuredQuestion> questions() {
        List<MeasuredQuestion> questions = new ArrayList<>();
        verdicts.forEach((set, samples) -> byQuestion(set, samples)
                .forEach((id, ofIt) -> questions.add(
                        SetScores.question(set, id, ofIt, recipe.evaluation().passAt(set)))));
        return questions;
    }

    /** The batch is sorted by question, then sample. */
    private SortedMap<String, List<JudgedSample>> byQuestion(String set, BatchAssembler<JudgedSample> assembled) {
        int samples = recipe.evaluation().samples(set);
        List<JudgedSample> batch = assembled.batch();
        SortedMap<String, List<JudgedSample>> questions = new TreeMap<>();
        int first = 0;
        for (String question : new TreeSet<>(idsBySet.getOrDefault(set, List.of()))) {
            questions.put(question, batch.subList(first, first + samples));
            first += samples;
        }
        return questions;
    }

    /**
     * What the report has no room for.
     *
     * @throws IllegalStateException unless {@link #isClosed}
     */
    MeasurementDetail detail() {
        Map<String, MeasurementDetail.SetDetail> sets = new TreeMap<>();
        verdicts.forEach((set, samples) -> sets.put(set, SetScores.detail(byQuestion(set, samples))));
        CriticJoin critic = critic();
        return new MeasurementDetail(version.version(), sets, critic == null ? List.of() : critic.reliability());
    }

    private @Nullable CriticJoin critic() {
        String set = recipe.evaluation().criticQualityOn();
        BatchAssembler<JudgedSample> judged = set == null ? null : verdicts.get(set);
        return values == null || judged == null ? null : CriticJoin.of(judged.batch(), values.batch());
    }
}
