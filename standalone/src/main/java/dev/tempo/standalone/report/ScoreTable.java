package dev.tempo.standalone.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Scores of versions or runs side by side: in the terminal by columns, in reports as a Markdown table. */
final class ScoreTable {
    private final List<String> header;
    private final List<List<String>> rows = new ArrayList<>();

    private ScoreTable(List<String> header) {
        this.header = header;
    }

    /** One row per given entry, on one set: avg@k, pass@k …, maj@k, each with its interval where there is one. */
    static ScoreTable of(String set, List<Summary.StageSummary> entries, List<String> names) {
        List<String> columns = entries.stream()
                .flatMap(entry -> entry.sets().getOrDefault(set, Map.of()).keySet().stream())
                .filter(name -> name.matches("(avg|pass|maj)\\d+"))
                .distinct()
                .toList();
        List<String> header = new ArrayList<>(List.of(set));
        columns.forEach(column -> header.add(column.replaceFirst("(\\d+)", "@$1")));
        ScoreTable table = new ScoreTable(header);
        for (int i = 0; i < entries.size(); i++) {
            Map<String, Object> scores = entries.get(i).sets().getOrDefault(set, Map.of());
            List<String> row = new ArrayList<>(List.of(names.get(i)));
            for (String column : columns) {
                row.add(cell(scores, column));
            }
            table.rows.add(row);
        }
        return table;
    }

    private static String cell(Map<String, Object> scores, String column) {
        if (!(scores.get(column) instanceof Number value)) {
            return "-";
        }
        String text = String.format(Locale.ROOT, "%.3f", value.doubleValue());
        return scores.get("intervals") instanceof Map<?, ?> intervals
                        && intervals.get(column) instanceof List<?> interval
                        && interval.get(0) instanceof Number low
                        && interval.get(1) instanceof Number high
                ? text + String.format(Locale.ROOT, " [%.2f, %.2f]", low.doubleValue(), high.doubleValue())
                : text;
    }

    String markdown() {
        StringBuilder text = new StringBuilder();
        text.append("| ").append(String.join(" | ", header)).append(" |\n|");
        text.append(header.stream().map(column -> "---|").collect(Collectors.joining()))
                .append('\n');
        rows.forEach(row -> text.append("| ").append(String.join(" | ", row)).append(" |\n"));
        return text.toString();
    }

    String columns() {
        List<List<String>> all = new ArrayList<>();
        all.add(header);
        all.addAll(rows);
        int[] widths = new int[header.size()];
        for (List<String> row : all) {
            for (int i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (List<String> row : all) {
            for (int i = 0; i < row.size(); i++) {
                text.append(String.format(Locale.ROOT, "%-" + (widths[i] + 3) + "s", row.get(i)));
            }
            text.append('\n');
        }
        return text.toString().stripTrailing() + "\n";
    }
}
