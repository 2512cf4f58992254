package dev.tempo.datasets;

import dev.tempo.contract.UserException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
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

    /**
     * A failure at a place of a file.
     *
     * @param unit what the file is counted in, {@code line} or {@code row}
     * @param number counted from 1
     */
    public DataFileException(Path file, String unit, int number, String problem) {
        super(file + ", " + unit + " " + number + ": " + problem);
    }

    /**
     * A failure at a row.
     *
     * @param row counted from 1, of a file whose rows need not be lines
     */
    public DataFileException(Path file, int row, String field, String problem) {
        super(file + ", row " + row + ": field '" + field + "' " + problem);
    }

    /** The failure to open or to go on reading a file. */
    public static DataFileException unreadable(Path file, IOException cause) {
        if (cause instanceof NoSuchFileException) {
            return new DataFileException(
                    file, "no such file; paths in a recipe are relative to the recipe's folder", cause);
        }
        if (cause instanceof AccessDeniedException) {
            return new DataFileException(file, "may not be read by this user; see its permissions", cause);
        }
        return new DataFileException(file, "cannot be read: " + cause.getMessage(), cause);
    }
}
