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
import java.util.Set;

/** Finished runs side by side: one table per set, one picture per score. Rounds count within the last stage. */
public final class Comparison {
    private final List<Summary> runs;

    public Comparison(List<Summary> runs) {
        this.runs = List.copyOf(runs);
    }

    /** The final scores, one row per run, with where the last stage began as the first row of each run. */
    public String table(boolean markdown) {
        StringBuilder text = new StringBuilder();
        for (String set : sets()) {
            List<Summary.StageSummary> rows = new ArrayList<>();
            List<String> names = new ArrayList<>();
            for (Summary run : runs) {
                start(run).ifPresent(start -> {
                    rows.add(start);
                    names.add(label(run) + ", before");
                });
                rows.add(run.stages().get(run.stages().size() - 1));
                names.add(label(run) + ", final");
            }
            ScoreTable table = ScoreTable.of(set, rows, names);
            text.append(markdown ? table.markdown() : table.columns()).append('\n');
        }
        return text.toString();
    }

    /** Writes compare.md and its pictures. */
    public void write(Path directory) {
        StringBuilder text = new StringBuilder("# Comparison\n\n").append(table(true));
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

    /** The measurement with which the last stage begins: the last one that is named after a stage, or the base. */
    private static java.util.Optional<Summary.StageSummary> start(Summary run) {
        return run.stages().stream()
                .filter(stage ->
                        !stage.name().contains("round-") && !stage.name().equals("final"))
                .reduce((first, last) -> last);
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
