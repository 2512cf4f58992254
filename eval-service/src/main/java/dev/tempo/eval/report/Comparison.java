package dev.tempo.eval.report;

import dev.tempo.contract.recipe.Recipe;
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
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.commons.text.WordUtils;

/**
 * Finished runs side by side: which they are and what differs between their recipes, one table per set with the paired
 * difference to the first run, one picture per score. Rounds count within the last stage.
 */
public final class Comparison {
    private final List<ComparedRun> compared;
    private final List<Summary> runs;
    private final List<String> labels;

    public Comparison(List<ComparedRun> compared) {
        this.compared = List.copyOf(compared);
        this.runs = compared.stream().map(ComparedRun::summary).toList();
        this.labels = ComparedRun.labels(compared);
    }

    /** The final scores in lines of at most {@code width} characters; before them, where each run's last stage began. */
    public String table(int width) {
        return tables(table -> table.columns(width), pair -> WordUtils.wrap(pair, width));
    }

    /**
     * The runs that are compared and what differs between their recipes, in lines of at most {@code width} characters.
     */
    public String legend(int width) {
        return lines().stream().map(line -> WordUtils.wrap(line, width) + "\n").collect(Collectors.joining());
    }

    /** The legend and the table as Markdown. */
    String markdown() {
        return lines().stream().map(line -> "* " + line + "\n").collect(Collectors.joining())
                + "\n"
                + tables(ScoreTable::markdown, pair -> "* " + pair);
    }

    private String tables(Function<ScoreTable, String> form, UnaryOperator<String> sentence) {
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
            List<String> pairs = new PairedDifferences(compared, labels).sentences(set);
            pairs.forEach(pair -> text.append(sentence.apply(pair)).append('\n'));
            if (!pairs.isEmpty()) {
                text.append('\n');
            }
        }
        return text.toString();
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            Summary run = runs.get(i);
            lines.add(labels.get(i) + ": run " + run.run() + ", recipe " + run.recipe() + ", seed " + run.seed());
        }
        List<Recipe> recipes = compared.stream()
                .map(ComparedRun::recipe)
                .filter(Objects::nonNull)
                .toList();
        if (recipes.size() > 1 && recipes.size() == runs.size()) {
            Map<String, List<String>> differences = RecipeDifferences.of(recipes);
            if (differences.isEmpty()) {
                lines.add("their recipes are the same");
            }
            differences.forEach((field, values) -> lines.add(field + ": " + String.join(" | ", values)));
        }
        return lines;
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
        return labels.get(runs.indexOf(run));
    }

    /** The set that matters most first, where a recipe says which that is. */
    private Set<String> sets() {
        Set<String> measured = new LinkedHashSet<>();
        runs.forEach(run ->
                run.stages().forEach(stage -> measured.addAll(stage.sets().keySet())));
        Set<String> sets = new LinkedHashSet<>();
        compared.stream()
                .map(ComparedRun::recipe)
                .filter(Objects::nonNull)
                .forEach(recipe -> sets.addAll(recipe.evaluation().setsInOrder()));
        sets.retainAll(measured);
        sets.addAll(measured);
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
