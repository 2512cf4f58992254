package dev.tempo.datasets;

import dev.tempo.contract.UserException;
import java.nio.file.Path;

/**
 * The failure of a data file that is missing or has a line that cannot be used; the message names file, line and
 * column, and what to do.
 */
public final class DataFileException extends UserException {
    private static final long serialVersionUID = 1;

    public DataFileException(Path file, String problem) {
        super(file + ": " + problem);
    }

    public DataFileException(Path file, String problem, Throwable cause) {
        super(file + ": " + problem, cause);
    }

    DataFileException(Path file, int line, String problem) {
        super(file + ", line " + line + ": " + problem);
    }

    /**
     * A failure at a row.
     *
     * @param row counted from 1, of a file whose rows need not be lines
     */
    public DataFileException(Path file, int row, String field, String problem) {
        super(file + ", row " + row + ": field '" + field + "' " + problem);
    }
}
