package dev.tempo.datasets.table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.duckdb.DuckDBDriver;

/**
 * A DuckDB in memory that can read one file and nothing else: no other path, no address, no extension, and no setting can
 * be changed any more. It has one thread and no temporary directory: what does not fit its memory fails.
 */
final class SealedDatabase implements AutoCloseable {
    static final int MEGABYTES = 512;

    private static final Path MAPPED = Path.of("/proc/self/maps");

    private final Connection connection;

    /**
     * A database that reads a file.
     *
     * @param streamed whether results come piece by piece; what breaks them is told only of those that are held whole
     * @throws LinkageError or IllegalStateException where DuckDB has no native library for this machine
     */
    SealedDatabase(Path file, boolean streamed) throws SQLException {
        connection =
                Objects.requireNonNull(new DuckDBDriver().connect("jdbc:duckdb:", settings(streamed)), "connection");
        forgetLibrary();
        try (PreparedStatement allowed = connection.prepareStatement("SET allowed_paths = [?]")) {
            allowed.setString(1, file.toString());
            allowed.execute();
            for (String seal : List.of(
                    "SET TimeZone = 'UTC'", "SET enable_external_access = false", "SET lock_configuration = true")) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute(seal);
                }
            }
        } catch (SQLException unsealed) {
            connection.close();
            throw unsealed;
        }
    }

    PreparedStatement statement(String sql) throws SQLException {
        return connection.prepareStatement(sql);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private static Properties settings(boolean streamed) {
        Properties settings = new Properties();
        settings.setProperty("jdbc_instance_cache", "false");
        settings.setProperty("jdbc_stream_results", String.valueOf(streamed));
        settings.setProperty("threads", "1");
        settings.setProperty("preserve_insertion_order", "true");
        settings.setProperty("memory_limit", MEGABYTES + "MiB");
        settings.setProperty("temp_directory", "");
        settings.setProperty("autoinstall_known_extensions", "false");
        settings.setProperty("autoload_known_extensions", "false");
        settings.setProperty("allow_community_extensions", "false");
        settings.setProperty("allow_persistent_secrets", "false");
        return settings;
    }

    /**
     * Deletes the copy of the native library that the driver left in the directory for temporary files, 70 MB, once this
     * process has it mapped: it would stay there when the process is killed.
     */
    private static void forgetLibrary() {
        if (!Files.isReadable(MAPPED)) {
            return;
        }
        try (Stream<String> mapped = Files.lines(MAPPED)) {
            Set<Path> copies = mapped.filter(line -> line.contains("/libduckdb_java") && line.endsWith(".so"))
                    .map(line -> Path.of(line.substring(line.indexOf('/'))))
                    .collect(Collectors.toSet());
            for (Path copy : copies) {
                Files.deleteIfExists(copy);
            }
        } catch (IOException kept) {
            // The driver deletes it when this process ends by itself.
        }
    }
}
