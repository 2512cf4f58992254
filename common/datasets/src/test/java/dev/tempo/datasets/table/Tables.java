package dev.tempo.datasets.table;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.Properties;
import org.duckdb.DuckDBDriver;

/** Parquet files for tests, as DuckDB writes them. */
public final class Tables {
    private Tables() {}

    /** Writes what a query selects. */
    public static Path parquet(Path file, String select, String... options) throws SQLException {
        execute("COPY (" + select + ") TO '" + file.toString().replace("'", "''") + "' (FORMAT PARQUET"
                + (options.length == 0 ? "" : ", " + String.join(", ", options)) + ")");
        return file;
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection =
                        Objects.requireNonNull(new DuckDBDriver().connect("jdbc:duckdb:", new Properties()));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
