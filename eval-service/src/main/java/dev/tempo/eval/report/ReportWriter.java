package dev.tempo.eval.report;

import dev.tempo.contract.EvaluationReport;
import dev.tempo.contract.SetReport;
import dev.tempo.eval.tracking.TrackingOutcome;
import dev.tempo.runs.RunDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The writer of what a finished run leaves: its curves, report.md and, last, summary.json, whose presence says that all
 * is there.
 */
public final class ReportWriter {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final RunJournal journal;
    private final Map<Integer, Double> cpuSeconds;
    private final @Nullable Provenance by;

    /** @param by what computes the run; null where nobody has noted it */
    public ReportWriter(RunJournal journal, Map<Integer, Double> cpuSeconds, @Nullable Provenance by) {
        this.journal = journal;
        this.cpuSeconds = cpuSeconds;
        this.by = by;
    }

    /** The summary of a finished run. */
    public static Summary read(Path runDirectory) {
        Path file = new RunDirectory(runDirectory).summary();
        try {
            return JSON.readValue(Files.readString(file), Summary.class);
        } catch (IOException missing) {
            throw new UncheckedIOException(file + " cannot be read; only a finished run has one", missing);
        }
    }

    /** Whether all of it has been written. */
    public static boolean isFinished(Path runDirectory) {
        return Files.exists(new RunDirectory(runDirectory).summary());
    }

    public void write(RunDirectory run) {
        Summary summary = summary();
        try {
            Map<String, LineChart> charts = charts();
            for (Map.Entry<String, LineChart> chart : charts.entrySet()) {
                Files.writeString(
                        run.path().resolve(chart.getKey() + ".svg"),
                        chart.getValue().svg());
            }
            Files.writeString(
                    run.report(),
                    new ReportText(journal, summary, List.copyOf(charts.keySet())).markdown() + tracked(run));
            Path written = run.summary();
            Path beside = Files.writeString(
                    written.resolveSibling("." + written.getFileName()), JSON.writeValueAsString(summary) + "\n");
            Files.move(beside, written, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException unwritable) {
            throw new UncheckedIOException("the report cannot be written to " + run.path(), unwritable);
        }
    }

    private static String tracked(RunDirectory run) {
        return TrackingOutcome.in(run.mlflow())
                .map(outcome -> "\n" + outcome.words() + ".\n")
                .orElse("");
    }

    /** The closing table for a terminal of so many columns: base and the end of each stage, on every set. */
    public String table(int width) {
        Summary summary = summary();
        ReportText text = new ReportText(journal, summary, List.of());
        return summary.setNames().stream()
                .map(set -> text.milestones(set).columns(width))
                .collect(Collectors.joining("\n"));
    }

    /** Whether the run ends with a policy; one that trains nothing has none. */
    public boolean leavesPolicy() {
        return journal.recipe().trains();
    }

    /** The findings that a person must see even without opening the report: a sentence each, mostly none. */
    public List<String> alarms() {
        return new Conclusion(journal).alarms();
    }

    /** A sentence on each stage in which no row of any round carried a gradient; mostly none. */
    public List<String> unlearnedStages() {
        return new Conclusion(journal)
                .unlearned().stream().map(Conclusion::quietly).toList();
    }

    private Summary summary() {
        return Summary.of(journal, cpuSeconds, by);
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
                            TrainingCharts.VERSIONS,
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
                            TrainingCharts.VERSIONS,
                            List.of(new Curve("AUC", auc), new Curve("Brier", brier))));
        }
        charts.putAll(TrainingCharts.of(journal));
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
}
