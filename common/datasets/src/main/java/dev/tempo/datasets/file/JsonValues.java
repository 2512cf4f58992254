package dev.tempo.datasets.file;

import dev.tempo.datasets.DataFileException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON as it is published: objects one after the other (JSONL), a list of objects, BIG-Bench Hard's {@code {"examples": […]}},
 * or what the hub's datasets-server answers, {@code {"rows": [{"row": …}]}}.
 */
public final class JsonValues {
    private static final JsonMapper JSON = StrangersJson.READER;

    private static final List<String> LISTS = List.of("examples", "data", "rows");

    /** Fields of an object that holds the rows of a whole set, and no more than a remark beside: a row may have a list of such a name, too. */
    static final int LIST_AND_REMARKS = 2;

    /** The field by which the datasets-server numbers rows. */
    private static final String PLACE = "row_idx";

    private static final int BLOCK = 1 << 16;

    private static final String NOT_JSON = "is not JSON";

    private final FileContent content;
    private final Path file;
    private final Consumer<FileRow> rows;
    private int number;

    private JsonValues(FileContent content, Consumer<FileRow> rows) {
        this.content = content;
        this.file = content.file();
        this.rows = rows;
    }

    /**
     * Hands on a row at a time: some publishers repeat a set a hundred times.
     *
     * @return how many rows the file has
     * @throws DataFileException naming file and row
     */
    public static int read(FileContent content, Consumer<FileRow> rows) {
        JsonValues values = new JsonValues(content, rows);
        values.read();
        return values.number;
    }

    private void read() {
        requireUtf8();
        try (InputStream bytes = content.open();
                JsonParser values = JSON.createParser(bytes)) {
            for (JsonToken begin = values.nextToken(); begin != null; begin = values.nextToken()) {
                if (begin != JsonToken.START_ARRAY) {
                    addWhole(values.readValueAsTree());
                    continue;
                }
                while (values.nextToken() != JsonToken.END_ARRAY) {
                    add(values.readValueAsTree());
                }
            }
        } catch (IOException unreadable) {
            throw content.unreadable(unreadable);
        } catch (JacksonIOException unreadable) {
            throw content.unreadable(Objects.requireNonNull(unreadable.getCause()));
        } catch (JacksonException malformed) {
            throw new DataFileException(file, fault(malformed), malformed);
        }
        if (number == 0) {
            throw new DataFileException(file, "holds no rows");
        }
    }

    /** A value that no list holds: a row, or a whole set in one object. */
    private void addWhole(JsonNode value) {
        for (String list : LISTS) {
            JsonNode rowsOfIt = value.path(list);
            JsonNode first = rowsOfIt.path(0);
            boolean set = value.size() <= LIST_AND_REMARKS || first.has(PLACE);
            if (rowsOfIt.isArray() && set && (rowsOfIt.isEmpty() || first.isObject())) {
                rowsOfIt.forEach(this::add);
                return;
            }
        }
        add(value);
    }

    private void add(JsonNode value) {
        if (value.isArray()) {
            value.forEach(this::add);
            return;
        }
        if (!value.isObject()) {
            throw new DataFileException(
                    file, "row " + (number + 1) + " should be a JSON object {…} but is " + Excerpt.of(value));
        }
        RowLayout.problem(value).ifPresent(problem -> {
            throw new DataFileException(file, (number == 0 ? "" : "row " + (number + 1) + " ") + problem);
        });
        boolean served = value.path("row").isObject() && value.has(PLACE);
        if (served && !value.path("truncated_cells").isEmpty()) {
            throw new DataFileException(
                    file,
                    "row " + (number + 1) + " was cut short by the server that sent it (truncated_cells: "
                            + Excerpt.of(value.path("truncated_cells")) + "); fetch the data set's own file");
        }
        rows.accept(new FileRow(file, "row", ++number, served ? value.path("row") : value));
    }

    /** The fault of the line where the parser gave up. */
    private String fault(JacksonException malformed) {
        int line = malformed.getLocation() == null ? 0 : malformed.getLocation().getLineNr();
        String place = " behind row " + number + " (line " + line + ")";
        return JsonFault.of(line(line), malformed)
                .replace("FILE > NEW", file + " > NEW")
                .replaceFirst(NOT_JSON, Matcher.quoteReplacement(NOT_JSON + place));
    }

    /** The parser takes bytes that are no UTF-8 for question marks. */
    private void requireUtf8() {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer bytes = ByteBuffer.allocate(BLOCK);
        CharBuffer text = CharBuffer.allocate(BLOCK);
        int line = 1;
        try (InputStream in = content.open()) {
            boolean ended = false;
            while (!ended) {
                int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
                ended = read < 0;
                bytes.position(bytes.position() + Math.max(0, read)).flip();
                CoderResult decoded = decoder.decode(bytes, text, ended);
                text.flip();
                line += (int) text.chars().filter(sign -> sign == '\n').count();
                text.clear();
                if (decoded.isError()) {
                    throw new DataFileException(file, "line", line, "is not UTF-8; convert the file (iconv -t UTF-8)");
                }
                bytes.compact();
            }
        } catch (IOException unreadable) {
            throw content.unreadable(unreadable);
        }
    }

    /** A line's text; lines count from 1. */
    private String line(int number) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(content.open(), StandardCharsets.UTF_8))) {
            return lines.lines().skip(Math.max(0, number - 1)).findFirst().orElse("");
        } catch (IOException | UncheckedIOException gone) {
            return "";
        }
    }
}
