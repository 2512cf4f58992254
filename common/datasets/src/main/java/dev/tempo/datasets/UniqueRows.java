package dev.tempo.datasets;

import dev.tempo.datasets.file.FileRow;
import dev.tempo.kept.Form;
import dev.tempo.kept.KeptRows;
import java.util.function.Function;

/** The rows of a file as they are read, of which no two may have one id, since trajectories are told apart by it. */
final class UniqueRows<T> {
    private final KeptRows.Builder<T> rows;

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
        rows.add(row, place.number()).ifPresent(first -> {
            throw place.refused("id '" + id + "' is that of " + place.unit() + " " + first
                    + " too; make ids unique, or leave out the id column to number the " + place.unit() + "s");
        });
    }

    KeptRows<T> all() {
        return rows.build();
    }
}
