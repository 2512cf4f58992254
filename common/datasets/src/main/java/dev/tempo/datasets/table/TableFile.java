package dev.tempo.datasets.table;

import dev.tempo.datasets.DataFileException;
import dev.tempo.datasets.file.DataFormat;
import dev.tempo.datasets.file.FileContent;
import dev.tempo.datasets.file.FileRow;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A table in a file, Parquet or CSV, of which DuckDB hands on a row at a time in the file's order. */
public final class TableFile implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();
    private static final String UNIT = "row";
    private static final byte[] PARQUET = "PAR1".getBytes(StandardCharsets.US_ASCII);

    private final Path file;
    private final TableFault fault;
    private final Path real;
    private final SealedDatabase database;
    private final String relation;
    private final List<TableColumn> columns;

    private TableFile(FileContent content, Path real, SealedDatabase database) throws SQLException {
        this.file = content.file();
        this.real = real;
        this.database = database;
        this.fault = new TableFault(content);
        if (content.format() == DataFormat.PARQUET) {
            this.relation = "read_parquet(?, hive_partitioning = false)";
            this.columns = parquetColumns();
        } else {
            CsvHeader header = CsvHeader.of(content);
            this.relation = csv(header, content.gzip());
            this.columns = header.names().stream()
                    .map(name -> new TableColumn(name, "VARCHAR"))
                    .toList();
        }
    }

    /**
     * The table of a file.
     *
     * @throws DataFileException if it cannot be read, with what to do
     */
    public static TableFile open(FileContent content) {
        Path file = content.file();
        SealedDatabase database = null;
        try {
            Path real = file.toRealPath();
            if (content.format() == DataFormat.PARQUET) {
                refuseCutOff(file, real);
            }
            database = new SealedDatabase(real, true);
            return new TableFile(content, real, database);
        } catch (IOException unreadable) {
            throw DataFileException.unreadable(file, unreadable);
        } catch (SQLException unusable) {
            close(database);
            throw new TableFault(content).of(unusable, 0);
        } catch (DataFileException refused) {
            close(database);
            throw refused;
        } catch (LinkageError | IllegalStateException unknownMachine) {
            throw TableFault.unknownMachine(content, unknownMachine);
        }
    }

    /** All columns, in the file's order. */
    public List<TableColumn> columns() {
        return columns;
    }

    /**
     * Hands on the rows.
     *
     * @param wanted columns, or paths that begin with one's name, of which the table need not have all; null for all that
     *     are no bytes
     * @return how many rows there are
     */
    public int read(@Nullable Set<String> wanted, Consumer<FileRow> rows) {
        List<Integer> chosen = IntStream.range(0, columns.size())
                .filter(i -> isWanted(columns.get(i), wanted))
                .boxed()
                .toList();
        List<String> names = columns.stream().map(TableColumn::name).toList();
        String sql = "SELECT "
                + (chosen.isEmpty() ? "NULL" : chosen.stream().map(this::value).collect(Collectors.joining(", ")))
                + " FROM " + relation;
        int number = 0;
        try (PreparedStatement statement = bound(sql);
                ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                rows.accept(new FileRow(file, UNIT, ++number, row(chosen, result), names));
            }
        } catch (SQLException broken) {
            throw fault.of(reason(sql, broken), number);
        }
        if (number == 0) {
            throw new DataFileException(file, "holds no rows, only the names of columns: " + names);
        }
        return number;
    }

    @Override
    public void close() {
        close(database);
    }

    private boolean isWanted(TableColumn column, @Nullable Set<String> wanted) {
        if (wanted == null) {
            return !column.isBytes();
        }
        boolean named =
                wanted.stream().anyMatch(name -> name.equals(column.name()) || name.startsWith(column.name() + "."));
        if (named && column.isBytes()) {
            throw new DataFileException(
                    file,
                    "column '" + column.name() + "' holds bytes (" + column.type()
                            + ") of which nobody says that they are text; write it as a text column");
        }
        return named;
    }

    /** The expression for a column's values, whose name is the file's and is quoted. */
    private String value(int index) {
        TableColumn column = columns.get(index);
        if (relation.startsWith("read_csv")) {
            return alias(index);
        }
        String name = '"' + column.name().replace("\"", "\"\"") + '"';
        if (column.isText()) {
            return name;
        }
        return column.isJson() ? "to_json(" + name + ")" : "CAST(" + name + " AS VARCHAR)";
    }

    private ObjectNode row(List<Integer> chosen, ResultSet result) throws SQLException {
        ObjectNode row = JSON.createObjectNode();
        for (int i = 0; i < chosen.size(); i++) {
            TableColumn column = columns.get(chosen.get(i));
            String value = result.getString(i + 1);
            if (value == null) {
                row.putNull(column.name());
            } else if (column.isJson()) {
                row.set(column.name(), json(value));
            } else {
                row.put(column.name(), value);
            }
        }
        return row;
    }

    private static JsonNode json(String value) {
        return JSON.readTree(value);
    }

    /** A streamed result breaks without a reason; a hash of the same values, of which one is held, has one. */
    private SQLException reason(String sql, SQLException broken) {
        try (SealedDatabase whole = new SealedDatabase(real, false);
                PreparedStatement statement = bound(whole, "SELECT bit_xor(hash(t)) FROM (" + sql + ") AS t");
                ResultSet result = statement.executeQuery()) {
            result.next();
            return broken;
        } catch (SQLException reason) {
            return reason;
        }
    }

    private PreparedStatement bound(String sql) throws SQLException {
        return bound(database, sql);
    }

    private PreparedStatement bound(SealedDatabase database, String sql) throws SQLException {
        PreparedStatement statement = database.statement(sql);
        statement.setString(1, real.toString());
        return statement;
    }

    private List<TableColumn> parquetColumns() throws SQLException {
        List<TableColumn> found = new ArrayList<>();
        try (PreparedStatement statement =
                        bound("SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM " + relation + ")");
                ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                found.add(new TableColumn(result.getString(1), result.getString(2)));
            }
        }
        return List.copyOf(found);
    }

    /** Columns are called by their place, so that no name of the file is part of the statement. */
    private static String csv(CsvHeader header, boolean gzip) {
        String columns = IntStream.range(0, header.names().size())
                .mapToObj(i -> "'" + alias(i) + "': 'VARCHAR'")
                .collect(Collectors.joining(", ", "{", "}"));
        return "read_csv(?, auto_detect = false, header = true, columns = " + columns + ", delim = '"
                + header.separator()
                + "', quote = '\"', escape = '\"', comment = '', strict_mode = true, null_padding = false, hive_partitioning ="
                + " false, compression = '" + (gzip ? "gzip" : "none") + "')";
    }

    private static String alias(int column) {
        return "c" + column;
    }

    private static void refuseCutOff(Path file, Path real) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(real.toFile(), "r")) {
            byte[] end = new byte[PARQUET.length];
            bytes.seek(Math.max(0, bytes.length() - end.length));
            bytes.readFully(end);
            if (!Arrays.equals(end, PARQUET) || bytes.length() < 3L * PARQUET.length) {
                throw new DataFileException(
                        file,
                        "is Parquet that was cut off: it does not end as Parquet does (PAR1); a copy or download of it may"
                                + " have failed, fetch it again");
            }
        }
    }

    private static void close(@Nullable SealedDatabase database) {
        if (database != null) {
            try {
                database.close();
            } catch (SQLException left) {
                throw new IllegalStateException("a database in memory cannot be closed", left);
            }
        }
    }
}
