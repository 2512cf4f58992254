package dev.tempo.datasets;

import java.nio.file.Path;

/** A data file is missing or a line of it cannot be used; the message names file, line and column, and what to do. */
public final class DataFileException extends RuntimeException {
    private static final long serialVersionUID = 1;

    DataFileException(Path file, String problem) {
        super(file + ": " + problem);
    }

    DataFileException(Path file, String problem, Throwable cause) {
        super(file + ": " + problem, cause);
    }

    DataFileException(Path file, int line, String problem) {
        super(file + ", line " + line + ": " + problem);
    }
}
