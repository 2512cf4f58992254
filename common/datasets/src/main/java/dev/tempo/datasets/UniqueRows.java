package dev.tempo.datasets;

import dev.tempo.datasets.file.FileRow;
import dev.tempo.kept.Form;
import dev.tempo.kept.KeptRows;
import java.nio.file.Path;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;

/** The rows of a file or a directory as they are read, of which no two may have one id, since trajectories are told apart by it. */
final class UniqueRows<T> {
    private final KeptRows.Builder<T> rows;
    /** The files, each by how many rows were counted in those before it. */
    private final NavigableMap<Long, Path> files = new TreeMap<>();

    private long counted;

    UniqueRows(Form<T> form, Function<T, String> id) {
        rows = new KeptRows.Builder<>(form, id);
    }

    /**
     * Adds a row.
     *
     * @param id as the file has it
     */
    void add(JsonRow read, String id, T row) {
        FileRow place = read.row();
        if (files.isEmpty() || !files.lastEntry().getValue().equals(place.file())) {
            files.put(counted, place.file());
        }
        counted = files.lastKey() + place.number();
        rows.add(row, counted).ifPresent(taken -> {
            Map.Entry<Long, Path> first = files.lowerEntry(taken);
            throw place.refused("id '" + id + "' is that of " + place.unit() + " " + (taken - first.getKey())
                    + (first.getValue().equals(place.file()) ? "" : " of " + first.getValue())
                    + " too; make ids unique, or leave out the id column to number the " + place.unit() + "s");
        });
    }

    KeptRows<T> all() {
        return rows.build();
    }
}
