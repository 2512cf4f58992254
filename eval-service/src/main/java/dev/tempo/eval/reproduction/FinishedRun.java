package dev.tempo.eval.reproduction;

import dev.tempo.contract.CriticReport;
import dev.tempo.contract.Run;
import dev.tempo.contract.SetReport;
import dev.tempo.contract.recipe.Baseline;
import dev.tempo.contract.recipe.EvaluationSet;
import dev.tempo.contract.recipe.RecalibrationSettings;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.contract.recipe.RewardSource;
import dev.tempo.contract.recipe.Stage;
import dev.tempo.contract.recipe.VersionName;
import dev.tempo.datasets.BenchmarkQuestions;
import dev.tempo.datasets.LabeledQuestion;
import dev.tempo.datasets.Question;
import dev.tempo.eval.report.MeasurementDetail;
import dev.tempo.eval.report.ReportWriter;
import dev.tempo.messaging.Wire;
import dev.tempo.runs.RunDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A finished run, from whose files a summary is made. */
public final class FinishedRun {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Run run;
    private final Recipe recipe;
    private final RunDirectory files;
    private final Stage last;
    private final int first;
    private final SortedMap<Integer, JsonNode> measured = new TreeMap<>();
    private final SortedMap<Integer, Double> gaps = new TreeMap<>();

    /** Reads its measurements. */
    public FinishedRun(Run run) {
        this.run = run;
        recipe = run.recipe();
        files = RunDirectory.of(run);
        last = recipe.stages().get(recipe.stages().size() - 1);
        first = recipe.firstRoundOf(last);
        try {
            for (String line : Files.readAllLines(files.metrics())) {
                JsonNode entry = JSON.readTree(line);
                int version = entry.path("version").asInt();
                if (entry.path("type").asString().equals("evaluation")) {
                    measured.putIfAbsent(version, entry);
                } else if (hasEStep(version) && entry.path("posterior.gap").isNumber()) {
                    gaps.put(version - first, entry.path("posterior.gap").asDouble());
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(files.metrics() + " cannot be read", unreadable);
        }
    }

    /** Whether an E-step of the last stage fits the version: what else a critic is fitted to has a gap of its own. */
    private boolean hasEStep(int version) {
        return version >= first && last.recalibrationIn(version - first) != null;
    }

    /**
     * @param world the name of the recipe that the methods vary
     * @param recipeSha256 of the recipe as it bears on the numbers
     */
    public MethodSummary summary(String world, String method, String recipeSha256) {
        Map<Integer, List<SetReport>> reports = new TreeMap<>();
        measured.forEach((version, entry) -> reports.put(version, reports(entry)));
        List<MethodSummary.SetQuestions> sets = sets(reports);
        List<MethodSummary.MeasuredVersion> versions = new ArrayList<>();
        measured.forEach((version, entry) -> versions.add(version(version, entry, reports.get(version), sets)));
        return new MethodSummary(
                MethodSummary.FORMAT,
                world,
                method,
                recipe.seed(),
                recipeSha256,
                run.run(),
                last.rounds(),
                ReportWriter.read(files.path()).by(),
                sets,
                RunDistances.of(recipe),
                gaps.isEmpty() ? null : gaps,
                withTokens(versions));
    }

    private static List<SetReport> reports(JsonNode entry) {
        List<SetReport> reports = new ArrayList<>();
        entry.path("sets")
                .forEach(set ->
                        reports.add(Wire.read(SetReport.class, set.toString().getBytes(StandardCharsets.UTF_8))));
        return reports;
    }

    private List<MethodSummary.SetQuestions> sets(Map<Integer, List<SetReport>> reports) {
        List<MethodSummary.SetQuestions> sets = new ArrayList<>();
        recipe.evaluation().setsInOrder().forEach(name -> {
            TreeSet<String> questions = new TreeSet<>();
            reports.values()
                    .forEach(all -> all.stream()
                            .filter(report -> report.set().equals(name))
                            .forEach(report ->
                                    questions.addAll(report.avgByQuestion().keySet())));
            EvaluationSet set =
                    Objects.requireNonNull(recipe.evaluation().sets().get(name));
            sets.add(new MethodSummary.SetQuestions(
                    name,
                    set.isTestTimeSet(),
                    recipe.evaluation().samples(name),
                    recipe.evaluation().passAt(name),
                    List.copyOf(questions),
                    domains(name, set, questions)));
        });
        return sets;
    }

    /** The domains of questions of a set; null where the set has one only. */
    private static @Nullable List<String> domains(String name, EvaluationSet set, Collection<String> questions) {
        if (set.domain() == null) {
            return null;
        }
        Map<String, String> byId = BenchmarkQuestions.read(name, set).stream()
                .map(LabeledQuestion::question)
                .collect(Collectors.toMap(Question::id, Question::domain));
        List<String> domains = questions.stream()
                .map(question -> Objects.requireNonNull(byId.get(question), question))
                .toList();
        return Set.copyOf(domains).size() > 1 ? domains : null;
    }

    private MethodSummary.MeasuredVersion version(
            int version, JsonNode entry, @Nullable List<SetReport> reports, List<MethodSummary.SetQuestions> sets) {
        Path kept = files.measured(version);
        MeasurementDetail detail = Files.exists(kept) ? MeasurementDetail.read(kept) : null;
        Map<String, MethodSummary.SetCounts> counts = new TreeMap<>();
        for (SetReport report : Objects.requireNonNull(reports)) {
            sets.stream()
                    .filter(set -> set.set().equals(report.set()))
                    .forEach(set -> counts.put(report.set(), counts(report, set.questions(), detail)));
        }
        boolean inLastStage = version >= first;
        return new MethodSummary.MeasuredVersion(
                VersionName.of(recipe, version).words(),
                version,
                inLastStage ? version - first : null,
                inLastStage ? since(entry, "wallSeconds") : null,
                inLastStage ? since(entry, "systemCpuSeconds") : null,
                null,
                counts,
                critic(entry.path("critic"), detail));
    }

    private static MethodSummary.SetCounts counts(
            SetReport report, List<String> questions, @Nullable MeasurementDetail detail) {
        List<@Nullable Integer> right = new ArrayList<>();
        for (String question : questions) {
            Double average = report.avgByQuestion().get(question);
            right.add(average == null ? null : (int) Math.round(average * report.samples()));
        }
        MeasurementDetail.SetDetail more = detail == null ? null : detail.sets().get(report.set());
        return new MethodSummary.SetCounts(
                right,
                report.majority().value(),
                report.wrongClaimingCorrect(),
                report.malformed(),
                report.distinctAnswers(),
                report.undecided() + report.failed(),
                more == null ? null : more.answerEntropy(),
                more == null ? null : more.responseTokens(),
                more == null ? null : more.truncated());
    }

    private static MethodSummary.@Nullable CriticMeasure critic(JsonNode node, @Nullable MeasurementDetail detail) {
        if (!node.isObject()) {
            return null;
        }
        CriticReport report = Wire.read(CriticReport.class, node.toString().getBytes(StandardCharsets.UTF_8));
        return new MethodSummary.CriticMeasure(
                report.auc(), report.brier(), detail == null ? List.of() : detail.reliability());
    }

    private @Nullable Double since(JsonNode entry, String field) {
        JsonNode begun = measured.get(first);
        return begun == null
                        || !begun.path(field).isNumber()
                        || !entry.path(field).isNumber()
                ? null
                : Double.valueOf(
                        entry.path(field).asDouble() - begun.path(field).asDouble());
    }

    /**
     * The versions with the tokens that went through policy and critic: responses of a round are taken to be as long as the
     * measured ones at both ends of the rounds between two measurements.
     */
    private List<MethodSummary.MeasuredVersion> withTokens(List<MethodSummary.MeasuredVersion> versions) {
        List<MethodSummary.MeasuredVersion> counted = new ArrayList<>();
        Double tokens = 0.0;
        MethodSummary.MeasuredVersion before = null;
        for (MethodSummary.MeasuredVersion version : versions) {
            if (version.round() == null) {
                counted.add(version);
                continue;
            }
            if (before != null) {
                Double one = length(before);
                Double other = length(version);
                tokens = tokens == null || one == null || other == null || repeats()
                        ? null
                        : Double.valueOf(tokens + (one + other) / 2 * responses(before.round(), version.round()));
            }
            counted.add(new MethodSummary.MeasuredVersion(
                    version.name(),
                    version.version(),
                    version.round(),
                    version.wallSeconds(),
                    version.cpuSeconds(),
                    tokens,
                    version.sets(),
                    version.critic()));
            before = version;
        }
        return counted;
    }

    /** Whether a round may have had more E-steps than one, which nobody has counted. */
    private boolean repeats() {
        RecalibrationSettings recalibration = last.recalibration();
        return recalibration != null && recalibration.mostInRound() > 1;
    }

    private @Nullable Double length(MethodSummary.MeasuredVersion version) {
        return version.on(recipe.evaluation().setsInOrder().get(0)).responseTokens();
    }

    /**
     * How often a response of the rounds goes through a model: it is written, learned from, valued, fitted to. One of an E-step is valued
     * before it is fitted to, for the values' clip and the measures of the critic.
     */
    private long responses(@Nullable Integer from, @Nullable Integer to) {
        long passes = 0;
        for (int round = Objects.requireNonNull(from); round < Objects.requireNonNull(to); round++) {
            long own = (long) last.questions() * last.samples();
            passes += own * (1L + last.policy().epochs());
            Baseline baseline = last.advantage().baseline();
            if (last.reward() == RewardSource.CRITIC || baseline == Baseline.BEFORE || baseline == Baseline.AFTER) {
                passes += own;
            }
            if (last.reward() == RewardSource.VERDICT) {
                passes += own * last.critic().epochs();
            }
            RecalibrationSettings recalibration = last.recalibrationIn(round);
            if (recalibration != null) {
                passes += (long) recalibration.questions()
                        * recalibration.samples()
                        * (2L + last.critic().epochs());
            }
        }
        return passes;
    }
}
