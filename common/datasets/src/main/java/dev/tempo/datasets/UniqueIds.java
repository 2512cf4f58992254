package dev.tempo.datasets;

import java.util.HashMap;
import java.util.Map;

/** The check that no id comes twice in a file, since trajectories are told apart by it. */
final class UniqueIds {
    private final Map<String, Integer> firstLineOf = new HashMap<>();

    String claim(JsonRow row, String id) {
        Integer first = firstLineOf.putIfAbsent(id, row.line());
        if (first != null) {
            throw new DataFileException(
                    row.file(),
                    row.line(),
                    "id '" + id + "' is that of line " + first
                            + " too; make ids unique, or leave out the id column to number the lines");
        }
        return id;
    }
}
