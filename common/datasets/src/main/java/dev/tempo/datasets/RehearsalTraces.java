package dev.tempo.datasets;

import dev.tempo.contract.recipe.RehearsalFile;
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
        return JsonLines.read(file.file()).stream()
                .map(row -> new RehearsalTrace(
                        row.text(file.question()), row.text(file.response()), row.positions(file.environment())))
                .toList();
    }
}
