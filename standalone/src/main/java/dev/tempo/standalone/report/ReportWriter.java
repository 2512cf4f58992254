package dev.tempo.standalone.report;

import dev.tempo.contract.EvaluationReport;
import dev.tempo.contract.SetReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes what a finished run leaves: its curves, report.md and, last, summary.json, whose presence says that all is there. */
public final class ReportWriter {
    private static final String SUMMARY = "summary.json";

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final RunJournal journal;
    private final Map<Integer, Double> cpuSeconds;

    public ReportWriter(RunJournal journal, Map<Integer, Double> cpuSeconds) {
        this.journal = journal;
        this.cpuSeconds = cpuSeconds;
    }

    /** Reads a finished run's summary. */
    public static Summary read(Path runDirectory) {
        Path file = runDirectory.resolve(SUMMARY);
        try {
            return JSON.readValue(Files.readString(file), Summary.class);
        } catch (IOException missing) {
            throw new UncheckedIOException(file + " cannot be read; only a finished run has one", missing);
        }
    }

    /** Whether all of it has been written. */
    public static boolean isFinished(Path runDirectory) {
        return Files.exists(runDirectory.resolve(SUMMARY));
    }

    public void write(Path runDirectory) {
        Summary summary = summary();
        try {
            for (Map.Entry<String, LineChart> chart : charts().entrySet()) {
                Files.writeString(
                        runDirectory.resolve(chart.getKey() + ".svg"),
                        chart.getValue().svg());
            }
            Files.writeString(runDirectory.resolve("report.md"), markdown(summary));
            Path beside =
                    Files.writeString(runDirectory.resolve("." + SUMMARY), JSON.writeValueAsString(summary) + "\n");
            Files.move(beside, runDirectory.resolve(SUMMARY), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException unwritable) {
            throw new UncheckedIOException("the report cannot be written to " + runDirectory, unwritable);
        }
    }

    /** The closing table for a terminal of so many columns: base and the end of each stage, on every set. */
    public String table(int width) {
        Summary summary = summary();
        return sets(summary).stream()
                .map(set -> milestones(summary, set).columns(width))
                .collect(Collectors.joining("\n"));
    }

    private Summary summary() {
        return Summary.of(journal, cpuSeconds);
    }

    private static List<String> sets(Summary summary) {
        return summary.stages().stream()
                .flatMap(stage -> stage.sets().keySet().stream())
                .distinct()
                .toList();
    }

    private ScoreTable milestones(Summary summary, String set) {
        List<Integer> wanted = journal.milestones();
        List<Summary.StageSummary> rows = summary.stages().stream()
                .filter(stage -> wanted.contains(stage.version()))
                .toList();
        return ScoreTable.of(
                set, rows, rows.stream().map(Summary.StageSummary::label).toList());
    }

    private Map<String, LineChart> charts() {
        Map<String, LineChart> charts = new TreeMap<>();
        List<EvaluationReport> reports = journal.reports();
        List<String> sets = reports.stream()
                .flatMap(report -> report.sets().stream())
                .map(SetReport::set)
                .distinct()
                .toList();
        for (String set : sets) {
            charts.put(
                    set,
                    new LineChart(
                            journal.recipe().name() + ": " + set + " questions, seed "
                                    + journal.recipe().seed(),
                            "policy version (v0 is the base, v1 the first round's)",
                            curves(reports, set)));
        }
        List<Curve.Point> auc = new ArrayList<>();
        List<Curve.Point> brier = new ArrayList<>();
        for (EvaluationReport report : reports) {
            if (report.critic() != null) {
                auc.add(new Curve.Point(report.version(), report.critic().auc()));
                brier.add(new Curve.Point(report.version(), report.critic().brier()));
            }
        }
        if (!auc.isEmpty()) {
            charts.put(
                    "critic",
                    new LineChart(
                            "critic: does its last value tell right from wrong?",
                            "policy version (v0 is the base, v1 the first round's)",
                            List.of(new Curve("AUC", auc), new Curve("Brier", brier))));
        }
        return charts;
    }

    private static List<Curve> curves(List<EvaluationReport> reports, String set) {
        Map<String, List<Curve.Point>> points = new TreeMap<>();
        for (EvaluationReport report : reports) {
            report.sets().stream()
                    .filter(candidate -> candidate.set().equals(set))
                    .forEach(scores -> {
                        add(
                                points,
                                "avg@" + scores.samples(),
                                report.version(),
                                scores.avg().value());
                        scores.passAt()
                                .forEach((k, score) -> add(points, "pass@" + k, report.version(), score.value()));
                        add(
                                points,
                                "maj@" + scores.samples(),
                                report.version(),
                                scores.majority().value());
                    });
        }
        return points.entrySet().stream()
                .map(entry -> new Curve(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static void add(Map<String, List<Curve.Point>> points, String name, int x, double y) {
        points.computeIfAbsent(name, any -> new ArrayList<>()).add(new Curve.Point(x, y));
    }

    private String markdown(Summary summary) {
        StringBuilder text = new StringBuilder();
        text.append("# ")
                .append(journal.recipe().name())
                .append(", seed ")
                .append(summary.seed())
                .append("\n\n");
        text.append("Run `").append(summary.run()).append("`. Scores are fractions with 95 % bootstrap intervals over");
        text.append(" questions; avg@k is the mean share of right answers among k samples, pass@k the unbiased chance");
        text.append(" that one of k is right, maj@k the share of questions whose most frequent answer is right.\n\n");
        for (String set : sets(summary)) {
            text.append("## ")
                    .append(set)
                    .append("\n\n")
                    .append(milestones(summary, set).markdown());
            text.append("\n![").append(set).append("](").append(set).append(".svg)\n\n");
        }
        if (summary.stages().stream().anyMatch(stage -> stage.critic() != null)) {
            text.append("## Critic\n\n![critic](critic.svg)\n\n");
        }
        summary.stages().stream()
                .map(Summary.StageSummary::from)
                .filter(from -> from != null)
                .distinct()
                .forEach(from -> text.append("Stages before the last were computed by run `")
                        .append(from)
                        .append("` with the same fingerprint and taken from the cache.\n\n"));
        text.append("## Every measurement\n\n");
        for (String set : sets(summary)) {
            text.append(ScoreTable.of(
                                    set,
                                    summary.stages(),
                                    summary.stages().stream()
                                            .map(Summary.StageSummary::label)
                                            .toList())
                            .markdown())
                    .append('\n');
        }
        summary.stages().stream()
                .reduce((first, last) -> last)
                .ifPresent(last -> text.append(String.format(
                        Locale.ROOT,
                        "Wall time %.0f s, CPU time of all processes %.0f s.\n",
                        last.wallSeconds(),
                        last.cpuSeconds())));
        return text.toString();
    }
}
