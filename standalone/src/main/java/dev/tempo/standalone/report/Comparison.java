package dev.tempo.standalone.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Finished runs side by side: one table per set, one picture per score. Rounds count within the last stage. */
public final class Comparison {
    private final List<Summary> runs;

    public Comparison(List<Summary> runs) {
        this.runs = List.copyOf(runs);
    }

    /** The final scores in lines of at most {@code width} characters; before them, where each run's last stage began. */
    public String table(int width) {
        return tables(table -> table.columns(width));
    }

    /** The same as Markdown. */
    String markdown() {
        return tables(ScoreTable::markdown);
    }

    private String tables(Function<ScoreTable, String> form) {
        StringBuilder text = new StringBuilder();
        for (String set : sets()) {
            List<Summary.StageSummary> rows = new ArrayList<>();
            List<String> names = new ArrayList<>();
            for (Summary run : runs) {
                List<Summary.StageSummary> shown = new ArrayList<>();
                start(run).ifPresent(shown::add);
                shown.add(run.stages().get(run.stages().size() - 1));
                for (Summary.StageSummary measured : shown) {
                    rows.add(measured);
                    names.add(label(run) + ", " + measured.label());
                }
            }
            ScoreTable table = ScoreTable.of(set, rows, names);
            text.append(form.apply(table)).append('\n');
        }
        return text.toString();
    }

    /** Writes compare.md and its pictures. */
    public void write(Path directory) {
        StringBuilder text = new StringBuilder("# Comparison\n\n").append(markdown());
        try {
            Files.createDirectories(directory);
            for (Map.Entry<String, LineChart> chart : charts().entrySet()) {
                Files.writeString(
                        directory.resolve(chart.getKey() + ".svg"),
                        chart.getValue().svg());
                text.append("![")
                        .append(chart.getKey())
                        .append("](")
                        .append(chart.getKey())
                        .append(".svg)\n");
            }
            Files.writeString(directory.resolve("compare.md"), text);
        } catch (IOException unwritable) {
            throw new UncheckedIOException("the comparison cannot be written to " + directory, unwritable);
        }
    }

    private Map<String, LineChart> charts() {
        Map<String, LineChart> charts = new LinkedHashMap<>();
        for (String set : sets()) {
            for (String score : scores(set)) {
                List<Curve> curves = new ArrayList<>();
                for (Summary run : runs) {
                    curves.add(new Curve(label(run), points(run, set, score)));
                }
                charts.put(
                        set + "-" + score,
                        new LineChart(
                                set + ": " + score.replaceFirst("(\\d+)", "@$1"), "rounds of the last stage", curves));
            }
        }
        return charts;
    }

    private static List<Curve.Point> points(Summary run, String set, String score) {
        int first = start(run).map(Summary.StageSummary::version).orElse(0);
        List<Curve.Point> points = new ArrayList<>();
        for (Summary.StageSummary stage : run.stages()) {
            Object value = stage.sets().getOrDefault(set, Map.of()).get(score);
            if (stage.version() >= first && value instanceof Number number) {
                points.add(new Curve.Point(stage.version() - first, number.doubleValue()));
            }
        }
        return points;
    }

    /** The measurement with which the last stage begins: the last one that a round of another stage, or none, made. */
    private static Optional<Summary.StageSummary> start(Summary run) {
        String last = run.stages().get(run.stages().size() - 1).stage();
        return run.stages().stream()
                .filter(measured -> !Objects.equals(measured.stage(), last))
                .reduce((first, later) -> later);
    }

    private String label(Summary run) {
        boolean oneSeed = runs.stream().map(Summary::seed).distinct().count() == 1;
        return oneSeed ? run.recipe() : run.recipe() + " s" + run.seed();
    }

    private Set<String> sets() {
        Set<String> sets = new LinkedHashSet<>();
        runs.forEach(
                run -> run.stages().forEach(stage -> sets.addAll(stage.sets().keySet())));
        return sets;
    }

    private Set<String> scores(String set) {
        Set<String> scores = new LinkedHashSet<>();
        runs.forEach(run -> run.stages()
                .forEach(stage -> stage.sets().getOrDefault(set, Map.of()).keySet().stream()
                        .filter(name -> name.matches("(avg|pass|maj)\\d+"))
                        .forEach(scores::add)));
        return scores;
    }
}
