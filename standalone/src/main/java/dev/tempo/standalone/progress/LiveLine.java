package dev.tempo.standalone.progress;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One line of fields that fits a width: what matters least is left off first, and a bar takes what room remains. Characters
 * are counted as one column each.
 */
final class LiveLine {
    private static final String BETWEEN = " | ";
    private static final int SHORTEST_BAR = 10;
    private static final int LONGEST_BAR = 26;

    private final List<Field> fields = new ArrayList<>();

    /**
     * One field.
     *
     * @param rank what has a lower number is left off later
     * @param done how full a bar is, from 0 to 1; NaN for a text
     */
    private record Field(int rank, String text, double done) {
        boolean isBar() {
            return !Double.isNaN(done);
        }

        int width() {
            return isBar() ? 1 + SHORTEST_BAR : BETWEEN.length() + text.length();
        }
    }

    /** The line with a text added at its right end. */
    LiveLine text(int rank, String text) {
        fields.add(new Field(rank, text, Double.NaN));
        return this;
    }

    /** The line with a bar added at its right end, of which a fraction from 0 to 1 is full. */
    LiveLine bar(int rank, double done) {
        fields.add(new Field(rank, "", Math.min(1, Math.max(0, done))));
        return this;
    }

    /** The line; where not even one field fits, its beginning. */
    String fit(int width) {
        List<Field> kept = new ArrayList<>(fields);
        while (kept.size() > 1 && length(kept) > width) {
            kept.remove(kept.stream().max(Comparator.comparingInt(Field::rank)).orElseThrow());
        }
        int bar = Math.min(LONGEST_BAR, SHORTEST_BAR + Math.max(0, width - length(kept)));
        StringBuilder line = new StringBuilder();
        for (Field field : kept) {
            line.append(line.isEmpty() ? "" : field.isBar() ? " " : BETWEEN);
            line.append(field.isBar() ? drawn(field.done, bar) : field.text);
        }
        return line.length() <= width ? line.toString() : line.substring(0, Math.max(0, width - 3)) + "...";
    }

    private static int length(List<Field> fields) {
        return fields.stream().mapToInt(Field::width).sum() - BETWEEN.length();
    }

    private static String drawn(double done, int length) {
        int cells = length - 2;
        int full = (int) Math.floor(done * cells);
        return "[" + "#".repeat(full) + "-".repeat(cells - full) + "]";
    }
}
