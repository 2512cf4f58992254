package dev.tempo.standalone.progress;

import dev.tempo.contract.CriticReport;
import dev.tempo.contract.EvaluationReport;
import dev.tempo.contract.Score;
import dev.tempo.contract.SetReport;
import dev.tempo.eval.report.RunJournal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Measurements as rows of a table that grows: a version and its scores, under titles that are written again when the width
 * has changed. What does not fit beside the version is left off by rank; mean accuracies that do not fit go on lines of
 * their own. Not thread-safe.
 */
final class MeasureTable {
    private static final String INDENT = "    ";

    /** A run without an end names its versions as long as this one at first. */
    private static final int LONGEST_NUMBER = 100_000;

    private final RunJournal journal;
    private final int names;
    private List<String> titlesBefore = List.of();

    MeasureTable(RunJournal journal) {
        this.journal = journal;
        names = IntStream.rangeClosed(
                        0, Math.min(LONGEST_NUMBER, journal.recipe().rounds()))
                .map(version -> journal.nameOf(version).toString().length())
                .max()
                .orElse(0);
    }

    /**
     * One score.
     *
     * @param group what it is a score of: a set, or the critic
     * @param rank what has a lower number is left off later
     */
    private record Column(String group, String title, String value, int rank, boolean mean) {
        int width() {
            return Math.max(title.length(), value.length()) + 1;
        }
    }

    /** The lines of a measurement, each at most {@code width} characters. */
    List<String> lines(EvaluationReport report, int width) {
        List<Column> all = columns(report);
        boolean beside = names + 2 + all.get(0).width() <= width;
        int indent = beside ? names : INDENT.length();
        List<Column> kept = new ArrayList<>(all);
        while (kept.size() > 1 && indent + width(kept) > width) {
            kept.remove(kept.stream().max(Comparator.comparingInt(Column::rank)).orElseThrow());
        }
        List<String> lines = new ArrayList<>();
        List<String> titles = List.of(groups(kept, indent), titles(kept, indent));
        if (!titles.equals(titlesBefore)) {
            lines.addAll(titles);
            titlesBefore = titles;
        }
        String name = journal.nameOf(report.version()).toString();
        if (beside) {
            lines.add(padded(name, indent) + values(kept));
        } else {
            lines.add(cut(name, width));
            lines.add(INDENT + values(kept));
        }
        lines.addAll(further(
                all.stream()
                        .filter(column -> column.mean && !kept.contains(column))
                        .toList(),
                width));
        return lines;
    }

    private List<Column> columns(EvaluationReport report) {
        List<Column> columns = new ArrayList<>();
        int set = 0;
        for (SetReport scores : journal.setsInOrder(report)) {
            // Every set's mean accuracy matters more than any other score but the first set's.
            columns.add(new Column(
                    scores.set(),
                    "avg@" + scores.samples(),
                    scores.scored() ? number(scores.avg().value()) : "-",
                    set == 0 ? 0 : 10 + set,
                    true));
            Map.Entry<Integer, Score> most = most(scores);
            if (most != null) {
                columns.add(new Column(
                        scores.set(),
                        "pass@" + most.getKey(),
                        scores.scored() ? number(most.getValue().value()) : "-",
                        set == 0 ? 1 : 40 + set,
                        false));
            }
            set++;
        }
        CriticReport critic = report.critic();
        if (critic != null) {
            columns.add(new Column("critic", "AUC", number(critic.auc()), 20, false));
            columns.add(new Column("critic", "Brier", number(critic.brier()), 30, false));
        }
        return columns;
    }

    private static Map.@Nullable Entry<Integer, Score> most(SetReport set) {
        return set.passAt().entrySet().stream().max(Map.Entry.comparingByKey()).orElse(null);
    }

    private static String groups(List<Column> columns, int indent) {
        StringBuilder line = new StringBuilder(" ".repeat(indent));
        for (List<Column> group : byGroup(columns)) {
            String name = group.get(0).group;
            line.append(" ".repeat(width(group) - name.length())).append(name);
        }
        return line.toString();
    }

    private static String titles(List<Column> columns, int indent) {
        StringBuilder line = new StringBuilder(" ".repeat(indent));
        byGroup(columns).forEach(group -> line.append(row(group, Column::title)));
        return line.toString();
    }

    private static String values(List<Column> columns) {
        StringBuilder line = new StringBuilder();
        byGroup(columns).forEach(group -> line.append(row(group, Column::value)));
        return line.toString();
    }

    private static String row(List<Column> group, Function<Column, String> part) {
        StringBuilder row = new StringBuilder();
        for (Column column : group) {
            String text = part.apply(column);
            row.append(" ".repeat(column.width() - text.length())).append(text);
        }
        return " ".repeat(width(group) - row.length()) + row;
    }

    private static int width(List<Column> columns) {
        return byGroup(columns).stream()
                .mapToInt(group -> 1
                        + Math.max(
                                group.get(0).group.length() + 1,
                                group.stream().mapToInt(Column::width).sum()))
                .sum();
    }

    private static List<List<Column>> byGroup(List<Column> columns) {
        List<List<Column>> groups = new ArrayList<>();
        for (Column column : columns) {
            if (groups.isEmpty() || !groups.get(groups.size() - 1).get(0).group.equals(column.group)) {
                groups.add(new ArrayList<>());
            }
            groups.get(groups.size() - 1).add(column);
        }
        return groups;
    }

    private static List<String> further(List<Column> means, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (Column mean : means) {
            String text = mean.group + " " + mean.title + " " + mean.value;
            if (!line.isEmpty() && INDENT.length() + line.length() + 2 + text.length() > width) {
                lines.add(cut(INDENT + line, width));
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : "  ").append(text);
        }
        if (!line.isEmpty()) {
            lines.add(cut(INDENT + line, width));
        }
        return lines;
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length());
    }

    private static String cut(String text, int width) {
        return text.length() <= width ? text : text.substring(0, width - 3) + "...";
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
