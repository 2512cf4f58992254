package dev.tempo.datasets.table;

import dev.tempo.datasets.DataFileException;
import dev.tempo.datasets.file.DataFormat;
import dev.tempo.datasets.file.FileContent;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The fault of a table that DuckDB could not read, in words for those who wrote it. */
final class TableFault {
    private static final Pattern LINE = Pattern.compile("CSV Error on Line: (\\d+)");
    private static final Pattern COLUMNS = Pattern.compile("Expected Number of Columns: (\\d+) Found: (\\d+)");
    private static final Pattern QUOTE = Pattern.compile("(?m)^(?!Possible|Original| ).*\\bquote");
    private static final Pattern KIND = Pattern.compile("^(?:[A-Z][A-Za-z-]* )+Error: ");
    private static final String AGAIN = "; a copy or download of it may have failed, fetch it again";

    private final FileContent content;

    TableFault(FileContent content) {
        this.content = content;
    }

    static DataFileException unknownMachine(FileContent content, Throwable cause) {
        String name = String.valueOf(content.file().getFileName());
        String target = name.replaceFirst("\\.[^.]*$", "") + ".jsonl";
        return new DataFileException(
                content.file(),
                "is " + content.format()
                        + ", which DuckDB reads, but its native library cannot be loaded on this machine ("
                        + System.getProperty("os.name") + ", " + System.getProperty("os.arch") + ": " + root(cause)
                        + "). It has some for Linux with glibc, macOS on ARM and Windows on x64, and unpacks 70 MB into "
                        + System.getProperty("java.io.tmpdir")
                        + "; convert the file elsewhere: duckdb -c \"COPY (SELECT * FROM '"
                        + name + "') TO '" + target + "' (FORMAT JSON)\"",
                cause);
    }

    private static Throwable root(Throwable cause) {
        Throwable inner = cause.getCause();
        return inner == null ? cause : root(inner);
    }

    /** @param rows how many had been read */
    DataFileException of(SQLException fault, int rows) {
        String message = String.valueOf(fault.getMessage());
        if (message.startsWith("Out of Memory")) {
            return new DataFileException(
                    content.file(),
                    "needs more than " + SealedDatabase.MEGABYTES + " MB to be read; write it with smaller row groups",
                    fault);
        }
        return content.format() == DataFormat.CSV
                ? new DataFileException(content.file(), csv(message, rows), fault)
                : new DataFileException(
                        content.file(),
                        "is Parquet that is damaged" + behind(rows) + " (" + reason(message) + ")" + AGAIN,
                        fault);
    }

    private static String csv(String message, int rows) {
        Matcher line = LINE.matcher(message);
        String place = line.find() ? " on line " + line.group(1) : behind(rows);
        Matcher columns = COLUMNS.matcher(message);
        if (columns.find()) {
            return "has " + columns.group(2) + " values" + place + " but names " + columns.group(1)
                    + " columns; put values that hold separators or line ends in \"quotes\"";
        }
        if (message.contains("utf-8") && message.contains("nvalid unicode")) {
            return "is not UTF-8" + place + "; convert the file (iconv -t UTF-8)";
        }
        if (message.contains("aximum line size")) {
            return "has a value" + place + " that is longer than 2 MB; see whether a quote is missing";
        }
        if (QUOTE.matcher(message).find()) {
            return "has a quote" + place
                    + " that is not closed or stands inside of a value; put the value in quotes and write"
                    + " quotes inside of it twice, \"so \"\"quoted\"\"\"";
        }
        return "is no table of text as it should be" + place + " (" + reason(message) + ")";
    }

    private static String behind(int rows) {
        return rows == 0 ? "" : " behind row " + rows;
    }

    private static String reason(String message) {
        String first = message.lines().findFirst().orElse("");
        return KIND.matcher(first)
                .replaceFirst("")
                .replaceAll("^Failed to read file \".*\": |(?: at end of)? [Ff]ile '.*'", "");
    }
}
