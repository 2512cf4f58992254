package dev.tempo.datasets;

import dev.tempo.contract.recipe.RehearsalFile;
import java.util.ArrayList;
import java.util.List;

/** The reader of rehearsal traces (PTX). */
public final class RehearsalTraces {
    private RehearsalTraces() {}

    /**
     * All traces in the file's order.
     *
     * @throws DataFileException naming file, line and column
     */
    public static List<RehearsalTrace> read(RehearsalFile file) {
        List<RehearsalTrace> traces = new ArrayList<>();
        DataRows.read(
                file.file(),
                DataRows.wanted(file.question(), file.response(), file.environment()),
                row -> traces.add(new RehearsalTrace(
                        row.text(file.question()), row.text(file.response()), row.positions(file.environment()))));
        return List.copyOf(traces);
    }
}
