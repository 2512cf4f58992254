package dev.tempo.eval.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Scores of versions or runs side by side on one set: in the terminal by columns, in reports as a Markdown table. Each score
 * has its interval where there is one.
 */
final class ScoreTable {
    private static final String GAP = "  ";

    private final String set;
    private final List<String> titles;
    private final List<Row> rows = new ArrayList<>();

    private ScoreTable(String set, List<String> titles) {
        this.set = set;
        this.titles = titles;
    }

    private record Row(String name, List<Cell> cells) {}

    /** A score and its interval, in words; the interval is empty where there is none. */
    private record Cell(String value, String interval) {
        String inLine() {
            return interval.isEmpty() ? value : value + " [" + interval.replace("-", ", ") + "]";
        }
    }

    /** One row per given entry, on one set: avg@k, pass@k …, maj@k. */
    static ScoreTable of(String set, List<Summary.StageSummary> entries, List<String> names) {
        List<String> scores = entries.stream()
                .flatMap(entry -> entry.sets().getOrDefault(set, Map.of()).keySet().stream())
                .filter(name -> name.matches("(avg|pass|maj)\\d+"))
                .distinct()
                .toList();
        ScoreTable table = new ScoreTable(
                set,
                scores.stream()
                        .map(score -> score.replaceFirst("(\\d+)", "@$1"))
                        .toList());
        for (int i = 0; i < entries.size(); i++) {
            Map<String, Object> values = entries.get(i).sets().getOrDefault(set, Map.of());
            table.rows.add(new Row(
                    names.get(i),
                    scores.stream().map(score -> cell(values, score)).toList()));
        }
        return table;
    }

    private static Cell cell(Map<String, Object> scores, String name) {
        if (!(scores.get(name) instanceof Number value)) {
            return new Cell("-", "");
        }
        String interval = scores.get("intervals") instanceof Map<?, ?> intervals
                        && intervals.get(name) instanceof List<?> bounds
                        && bounds.get(0) instanceof Number low
                        && bounds.get(1) instanceof Number high
                ? String.format(Locale.ROOT, "%.2f-%.2f", low.doubleValue(), high.doubleValue())
                : "";
        return new Cell(String.format(Locale.ROOT, "%.3f", value.doubleValue()), interval);
    }

    String markdown() {
        StringBuilder text = new StringBuilder("| ").append(set);
        titles.forEach(title -> text.append(" | ").append(title));
        text.append(" |\n|---|").append("---|".repeat(titles.size())).append('\n');
        for (Row row : rows) {
            text.append("| ").append(row.name);
            row.cells.forEach(cell -> text.append(" | ").append(cell.inLine()));
            text.append(" |\n");
        }
        return text.toString();
    }

    /**
     * The table in lines of at most {@code width} characters: intervals stand below their scores, and columns that do not
     * fit beside the others stand below them.
     */
    String columns(int width) {
        StringBuilder text = new StringBuilder();
        int first = 0;
        do {
            int names = Math.min(nameWidth(), Math.max(8, width - GAP.length() - columnWidth(first)));
            int end = first;
            int used = names;
            while (end < titles.size() && (end == first || used + GAP.length() + columnWidth(end) <= width)) {
                used += GAP.length() + columnWidth(end);
                end++;
            }
            text.append(text.isEmpty() ? "" : "\n").append(block(names, first, end));
            first = end;
        } while (first < titles.size());
        return text.toString();
    }

    private String block(int names, int first, int end) {
        List<String> lines = new ArrayList<>();
        lines.add(line(names, set, first, titles.subList(first, end)));
        for (Row row : rows) {
            List<Cell> cells = row.cells.subList(first, end);
            lines.add(
                    line(names, row.name, first, cells.stream().map(Cell::value).toList()));
            if (cells.stream().anyMatch(cell -> !cell.interval.isEmpty())) {
                lines.add(line(
                        names, "", first, cells.stream().map(Cell::interval).toList()));
            }
        }
        return lines.stream().map(line -> line.stripTrailing() + "\n").collect(Collectors.joining());
    }

    private String line(int names, String name, int first, List<String> cells) {
        String shown = name.length() > names ? name.substring(0, names - 1) + "…" : name;
        StringBuilder line = new StringBuilder(shown).append(" ".repeat(names - shown.length()));
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i);
            line.append(GAP)
                    .append(" ".repeat(columnWidth(first + i) - cell.length()))
                    .append(cell);
        }
        return line.toString();
    }

    private int nameWidth() {
        return rows.stream().mapToInt(row -> row.name.length()).reduce(set.length(), Math::max);
    }

    private int columnWidth(int column) {
        if (column >= titles.size()) {
            return 0;
        }
        return rows.stream()
                .map(row -> row.cells.get(column))
                .mapToInt(cell -> Math.max(cell.value.length(), cell.interval.length()))
                .reduce(titles.get(column).length(), Math::max);
    }
}
