package dev.tempo.datasets.file;

import dev.tempo.datasets.DataFileException;
import java.nio.file.Path;
import java.util.Collection;
import tools.jackson.databind.JsonNode;

/**
 * A row of a data file, whatever its format, as a JSON object.
 *
 * @param unit what the file is counted in: {@code line} or {@code row}
 * @param number counted from 1 within the file
 * @param columns the columns that were asked for
 * @param names the names of all columns that the row has
 */
public record FileRow(Path file, String unit, int number, JsonNode columns, Collection<String> names) {

    /** A row that holds all its columns. */
    public FileRow(Path file, String unit, int number, JsonNode columns) {
        this(file, unit, number, columns, columns.propertyNames());
    }

    /** A failure at this row. */
    public DataFileException refused(String problem) {
        return new DataFileException(file, unit, number, problem);
    }
}
