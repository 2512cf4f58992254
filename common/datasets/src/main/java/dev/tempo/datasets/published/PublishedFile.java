package dev.tempo.datasets.published;

import dev.tempo.datasets.DataFileException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.json.JsonMapper;

/** A published file: objects one after the other (JSONL), a list of objects, or BIG-Bench Hard's {@code {"examples": […]}}. */
final class PublishedFile {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final List<String> LISTS = List.of("examples", "data", "rows");
    private static final int LONGEST_SIGN = 4;

    private PublishedFile() {}

    /** @throws DataFileException naming file and row, and how to convert what is no JSON */
    static List<PublishedRow> read(Path file) {
        List<PublishedRow> rows = new ArrayList<>();
        try (InputStream content = new BufferedInputStream(Files.newInputStream(file))) {
            refuseOtherFormats(file, content);
            try (MappingIterator<JsonNode> values =
                    JSON.readerFor(JsonNode.class).readValues(content)) {
                while (values.hasNextValue()) {
                    add(rows, file, values.nextValue());
                }
            }
        } catch (NoSuchFileException missing) {
            throw new DataFileException(file, "no such file", missing);
        } catch (IOException unreadable) {
            throw new DataFileException(file, "cannot be read: " + unreadable.getMessage(), unreadable);
        } catch (JacksonException malformed) {
            throw new DataFileException(
                    file,
                    "is not JSON behind row " + rows.size() + " (line "
                            + (malformed.getLocation() == null
                                    ? "?"
                                    : malformed.getLocation().getLineNr())
                            + "): " + malformed.getOriginalMessage(),
                    malformed);
        }
        if (rows.isEmpty()) {
            throw new DataFileException(file, "holds no rows");
        }
        return rows;
    }

    private static void add(List<PublishedRow> rows, Path file, JsonNode value) {
        if (value.isArray()) {
            value.forEach(element -> add(rows, file, element));
            return;
        }
        if (!value.isObject()) {
            throw new DataFileException(
                    file,
                    "row " + (rows.size() + 1) + " should be a JSON object {…} but is " + PublishedRow.excerpt(value));
        }
        for (String list : LISTS) {
            if (value.path(list).isArray()) {
                value.path(list).forEach(element -> add(rows, file, element));
                return;
            }
        }
        rows.add(new PublishedRow(file, rows.size() + 1, value));
    }

    private static void refuseOtherFormats(Path file, InputStream content) throws IOException {
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
