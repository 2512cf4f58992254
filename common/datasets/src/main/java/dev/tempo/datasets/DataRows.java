package dev.tempo.datasets;

import dev.tempo.datasets.file.DataFormat;
import dev.tempo.datasets.file.FileContent;
import dev.tempo.datasets.file.FileRow;
import dev.tempo.datasets.file.JsonLines;
import dev.tempo.datasets.file.JsonValues;
import dev.tempo.datasets.file.NamedData;
import dev.tempo.datasets.table.TableColumn;
import dev.tempo.datasets.table.TableFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The rows of data that a recipe or a command names, whatever its format, one at a time and always in the same order. */
public final class DataRows {
    private final NamedData data;
    private final @Nullable Set<String> wanted;
    private final boolean lines;
    private final Taker taker;
    private final String stem;
    private int before;
    private @Nullable FileColumns first;

    /** What takes rows, each with an id from the name of the data and the row's place in it. */
    @FunctionalInterface
    public interface Taker {
        void take(FileRow row, String numbered);
    }

    private record FileColumns(Path file, List<TableColumn> columns) {}

    private DataRows(NamedData data, @Nullable Set<String> wanted, boolean lines, Taker taker) {
        this.data = data;
        this.wanted = wanted;
        this.lines = lines;
        this.taker = taker;
        this.stem = data.stem();
    }

    /**
     * Hands on rows with all their columns, of JSON in whatever layout.
     *
     * @throws DataFileException naming file and row, and what to do
     */
    public static void readAll(Path path, Taker rows) {
        new DataRows(NamedData.of(path), null, false, rows).read();
    }

    /**
     * Hands on rows as recipes' readers take them; objects in a file of JSON lines are counted by lines.
     *
     * @param wanted columns, or paths to what lies inside of them, of which tables need not have all
     * @throws DataFileException naming file, line and column, and what to do
     */
    static void read(String path, Set<String> wanted, Consumer<JsonRow> rows) {
        new DataRows(
                        NamedData.of(Path.of(path)),
                        wanted,
                        true,
                        (row, numbered) -> rows.accept(new JsonRow(row, numbered)))
                .read();
    }

    /** Columns, of which some may not be named, with those that may stand for them. */
    static Set<String> wanted(@Nullable String... columns) {
        Set<String> wanted =
                Arrays.stream(columns).filter(Objects::nonNull).collect(Collectors.toCollection(HashSet::new));
        VerlForm.addTo(wanted);
        return wanted;
    }

    private void read() {
        DataFormat format = null;
        for (Path file : data.files()) {
            FileContent content = FileContent.of(file);
            if (format != null && format != content.format()) {
                throw new DataFileException(
                        file,
                        "is " + content.format() + ", but "
                                + data.files().get(0).getFileName() + " of the same data is " + format
                                + "; name one of the files, or a directory of one kind");
            }
            format = content.format();
            before += read(content);
        }
    }

    private int read(FileContent content) {
        return switch (content.format()) {
            case JSON_LINES -> lines ? JsonLines.read(content, this::take) : JsonValues.read(content, this::take);
            case JSON -> JsonValues.read(content, this::take);
            case PARQUET, CSV -> table(content);
        };
    }

    private int table(FileContent content) {
        try (TableFile table = TableFile.open(content)) {
            if (first == null) {
                first = new FileColumns(content.file(), table.columns());
            } else if (!first.columns().equals(table.columns())) {
                throw new DataFileException(
                        content.file(),
                        "has other columns than " + first.file().getFileName() + " of the same data: "
                                + words(table.columns()) + " and not " + words(first.columns())
                                + "; name one of the files, or a directory of files that are alike");
            }
            return table.read(wanted, this::take);
        }
    }

    private static String words(List<TableColumn> columns) {
        return columns.stream().map(TableColumn::toString).collect(Collectors.joining(", ", "[", "]"));
    }

    private void take(FileRow row) {
        taker.take(row, stem + "-" + (before + row.number()));
    }
}
