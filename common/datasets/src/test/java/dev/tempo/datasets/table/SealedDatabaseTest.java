package dev.tempo.datasets.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealedDatabaseTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM read_text('OTHER')",
                "SELECT * FROM read_csv('OTHER')",
                "SELECT * FROM glob('FOLDER/*')",
                "SELECT * FROM read_parquet('FOLDER/*.parquet')",
                "SELECT * FROM read_parquet('https://127.0.0.1:9/x.parquet')",
                "SELECT * FROM read_parquet('s3://bucket/x.parquet')",
                "SELECT * FROM read_parquet('hf://datasets/a/b/x.parquet')",
                "COPY (SELECT 1) TO 'FOLDER/new.csv'",
                "COPY (SELECT 1 AS a) TO 'FILE' (FORMAT PARQUET)",
                "ATTACH 'FOLDER/new.db'",
                "INSTALL httpfs",
                "LOAD httpfs",
                "LOAD 'FOLDER/x.duckdb_extension'",
                "EXPORT DATABASE 'FOLDER/exported'",
                "SET enable_external_access = true",
                "SET allowed_paths = ['OTHER']",
                "SET autoinstall_known_extensions = true",
                "SET memory_limit = '8GB'",
                "SET temp_directory = 'FOLDER'",
                "SET threads = 8",
                "SET lock_configuration = false"
            })
    void oneFileCanBeReadAndNothingElseDone(String sql) throws Exception {
        Path file = Tables.parquet(folder.resolve("file.parquet"), "SELECT 'q' AS question");
        Path other = Files.writeString(folder.resolve("other.csv"), "a,b\n1,2\n");
        byte[] before = Files.readAllBytes(file);

        try (SealedDatabase database = new SealedDatabase(file, true)) {
            assertThatThrownBy(() -> run(
                            database,
                            sql.replace("OTHER", other.toString())
                                    .replace("FOLDER", folder.toString())
                                    .replace("FILE", file.toString())))
                    .isInstanceOf(SQLException.class)
                    .hasMessageMatching("(?s).*(Permission Error|locked|disabled).*");
            assertThat(rows(database, file)).isEqualTo(1);
        }
        assertThat(file).hasBinaryContent(before);
        try (var there = Files.list(folder)) {
            assertThat(there).containsExactlyInAnyOrder(file, other);
        }
    }

    @Test
    void itsLimitsAreStated() throws Exception {
        Path file = Tables.parquet(folder.resolve("file.parquet"), "SELECT 'q' AS question");

        try (SealedDatabase database = new SealedDatabase(file, true)) {
            assertThat(text(database, "SELECT current_setting('threads')")).isEqualTo("1");
            assertThat(text(database, "SELECT current_setting('memory_limit')")).isEqualTo("512.0 MiB");
            assertThat(text(database, "SELECT current_setting('temp_directory')"))
                    .isEmpty();
            assertThat(text(database, "SELECT current_setting('TimeZone')")).isEqualTo("UTC");
        }
    }

    @Test
    void nothingIsLeftInTheDirectoryForTemporaryFiles() throws Exception {
        Path file = Tables.parquet(folder.resolve("file.parquet"), "SELECT 'q' AS question");
        try (SealedDatabase database = new SealedDatabase(file, true)) {
            assertThat(rows(database, file)).isEqualTo(1);
        }

        assertThat(Files.readString(Path.of("/proc/self/maps")))
                .contains("libduckdb_java")
                .containsPattern("libduckdb_java[^\n]*\\.so \\(deleted\\)");
    }

    private static long rows(SealedDatabase database, Path file) throws SQLException {
        try (PreparedStatement statement = database.statement("SELECT count(*) FROM read_parquet(?)")) {
            statement.setString(1, file.toString());
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                return result.getLong(1);
            }
        }
    }

    private static String text(SealedDatabase database, String sql) throws SQLException {
        try (PreparedStatement statement = database.statement(sql);
                ResultSet result = statement.executeQuery()) {
            result.next();
            return result.getString(1);
        }
    }

    private static void run(SealedDatabase database, String sql) throws SQLException, IOException {
        try (PreparedStatement statement = database.statement(sql)) {
            if (statement.execute()) {
                try (ResultSet result = statement.getResultSet()) {
                    while (result.next()) {
                        result.getString(1);
                    }
                }
            }
        }
    }
}
