package dev.tempo.datasets.published;

import dev.tempo.datasets.DataFileException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.json.JsonMapper;

/** A published file: objects one after the other (JSONL), a list of objects, or BIG-Bench Hard's {@code {"examples": […]}}. */
final class PublishedFile {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final List<String> LISTS = List.of("examples", "data", "rows");
    private static final int LONGEST_SIGN = 4;

    private final Path file;
    private final Consumer<PublishedRow> rows;
    private int number;

    private PublishedFile(Path file, Consumer<PublishedRow> rows) {
        this.file = file;
        this.rows = rows;
    }

    /**
     * Reads a row at a time: some publishers repeat a set a hundred times.
     *
     * @throws DataFileException naming file and row, and how to convert what is no JSON
     */
    static void read(Path file, Consumer<PublishedRow> rows) {
        new PublishedFile(file, rows).read();
    }

    private void read() {
        try (InputStream content = new BufferedInputStream(Files.newInputStream(file))) {
            refuseOtherFormats(content);
            try (MappingIterator<JsonNode> values =
                    JSON.readerFor(JsonNode.class).readValues(content)) {
                while (values.hasNextValue()) {
                    add(values.nextValue());
                }
            }
        } catch (NoSuchFileException missing) {
            throw new DataFileException(file, "no such file", missing);
        } catch (IOException unreadable) {
            throw new DataFileException(file, "cannot be read: " + unreadable.getMessage(), unreadable);
        } catch (JacksonException malformed) {
            throw new DataFileException(
                    file,
                    "is not JSON behind row " + number + " (line "
                            + (malformed.getLocation() == null
                                    ? "?"
                                    : malformed.getLocation().getLineNr())
                            + "): " + malformed.getOriginalMessage(),
                    malformed);
        }
        if (number == 0) {
            throw new DataFileException(file, "holds no rows");
        }
    }

    private void add(JsonNode value) {
        if (value.isArray()) {
            value.forEach(this::add);
            return;
        }
        if (!value.isObject()) {
            throw new DataFileException(
                    file, "row " + (number + 1) + " should be a JSON object {…} but is " + PublishedRow.excerpt(value));
        }
        for (String list : LISTS) {
            if (value.path(list).isArray()) {
                value.path(list).forEach(this::add);
                return;
            }
        }
        rows.accept(new PublishedRow(file, ++number, value));
    }

    private void refuseOtherFormats(InputStream content) throws IOException {
        content.mark(LONGEST_SIGN);
        byte[] sign = content.readNBytes(LONGEST_SIGN);
        content.reset();
        String start = new String(sign, StandardCharsets.ISO_8859_1);
        boolean csv = file.toString().endsWith(".csv") || file.toString().endsWith(".tsv");
        if (start.startsWith("PAR1") || csv) {
            String name = String.valueOf(file.getFileName());
            String target = name.replaceAll("\\.[^.]*$", "") + ".jsonl";
            throw new DataFileException(
                    file,
                    "is " + (csv ? "a table of text" : "Parquet") + ", which is not read; convert it:"
                            + " duckdb -c \"COPY (SELECT * FROM '" + file + "') TO '" + target + "' (FORMAT JSON)\"");
        }
        if (start.startsWith("\u001f\u008b") || start.startsWith("PK") || start.startsWith("(\u00b5/\u00fd")) {
            throw new DataFileException(file, "is compressed; unpack it first (gunzip, unzip or zstd -d)");
        }
    }
}
