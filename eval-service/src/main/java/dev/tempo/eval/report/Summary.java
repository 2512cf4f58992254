package dev.tempo.eval.report;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.tempo.contract.EvaluationReport;
import dev.tempo.contract.Score;
import dev.tempo.contract.SetReport;
import dev.tempo.contract.recipe.VersionName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * summary.json: the measured versions of a run. Scores are fractions.
 *
 * @param by what computed it; null in files of versions that did not say
 */
public record Summary(
        String run,
        String recipe,
        long seed,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Provenance by,
        List<StageSummary> stages) {
    /** The field with each question's share of right samples in the last measurement of a set, by its id. */
    static final String AVERAGES = "avgByQuestion";

    public Summary {
        stages = List.copyOf(stages);
    }

    /** The sets that were measured, the one that matters most first. */
    List<String> setNames() {
        return stages.stream()
                .flatMap(stage -> stage.sets().keySet().stream())
                .distinct()
                .toList();
    }

    /**
     * One measured version.
     *
     * @param name of the round that made it, {@code test-time round 10 of 100}; {@code base} for version 0
     * @param stage of that round; null for version 0
     * @param round within that stage, from 1; 0 for version 0
     * @param sets scores by set and by name of the score (avg16, pass8, pass16, maj16, their intervals …)
     * @param from the run that measured it, where the stage came from the cache
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record StageSummary(
            String name,
            @Nullable String stage,
            int round,
            int version,
            @JsonAnyGetter @JsonAnySetter Map<String, Map<String, Object>> sets,
            @Nullable CriticQuality critic,
            double wallSeconds,
            double cpuSeconds,
            @JsonProperty("from") @Nullable String from) {

        /** Name and version number, as people meet them everywhere. */
        public String label() {
            return name + " (v" + version + ")";
        }
    }

    /** Whether the critic's last value told right from wrong. */
    public record CriticQuality(double auc, double brier) {}

    static Summary of(RunJournal journal, Map<Integer, Double> cpuSeconds, @Nullable Provenance by) {
        List<StageSummary> stages = new ArrayList<>();
        List<EvaluationReport> reports = journal.reports();
        for (EvaluationReport report : reports) {
            boolean last = report == reports.get(reports.size() - 1);
            Map<String, Map<String, Object>> sets = new LinkedHashMap<>();
            journal.setsInOrder(report).forEach(set -> sets.put(set.set(), scores(set, last)));
            VersionName name = journal.nameOf(report.version());
            stages.add(new StageSummary(
                    name.words(),
                    name.stage(),
                    name.round(),
                    name.version(),
                    sets,
                    report.critic() == null
                            ? null
                            : new CriticQuality(
                                    report.critic().auc(), report.critic().brier()),
                    report.wallSeconds(),
                    cpuSeconds.getOrDefault(report.version(), report.cpuSeconds()),
                    report.origin()));
        }
        return new Summary(
                journal.run(), journal.recipe().name(), journal.recipe().seed(), by, stages);
    }

    private static Map<String, Object> scores(SetReport set, boolean last) {
        Map<String, Object> scores = new LinkedHashMap<>();
        Map<String, Object> intervals = new LinkedHashMap<>();
        if (set.scored()) {
            put(scores, intervals, "avg" + set.samples(), set.avg());
            new TreeMap<>(set.passAt()).forEach((k, score) -> put(scores, intervals, "pass" + k, score));
            put(scores, intervals, "maj" + set.samples(), set.majority());
        }
        scores.put("malformed", set.malformed());
        if (set.wrongClaimingCorrect() != null) {
            scores.put("wrongClaimingCorrect", set.wrongClaimingCorrect());
        }
        scores.put("distinctAnswers", set.distinctAnswers());
        if (set.inFormat() != null) {
            scores.put("inFormat", set.inFormat());
        }
        scores.put("undecided", set.undecided());
        scores.put("failed", set.failed());
        scores.put("questions", set.questions());
        scores.put("intervals", intervals);
        if (last) {
            scores.put(AVERAGES, set.avgByQuestion());
        }
        return scores;
    }

    private static void put(Map<String, Object> scores, Map<String, Object> intervals, String name, Score score) {
        scores.put(name, score.value());
        intervals.put(name, List.of(score.interval().low(), score.interval().high()));
    }
}
