package dev.tempo.datasets;

import dev.tempo.datasets.file.FileRow;
import java.util.HashMap;
import java.util.Map;

/** The check that no id comes twice in a file, since trajectories are told apart by it. */
final class UniqueIds {
    private final Map<String, String> firstPlaceOf = new HashMap<>();

    String claim(JsonRow read, String id) {
        FileRow row = read.row();
        String first = firstPlaceOf.putIfAbsent(id, row.unit() + " " + row.number());
        if (first != null) {
            throw row.refused("id '" + id + "' is that of " + first
                    + " too; make ids unique, or leave out the id column to" + " number the " + row.unit() + "s");
        }
        return id;
    }
}
