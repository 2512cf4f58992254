package dev.tempo.datasets.file;

import dev.tempo.datasets.DataFileException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON as it is published: objects one after the other (JSONL), a list of objects, BIG-Bench Hard's {@code {"examples": […]}},
 * or what the hub's datasets-server answers, {@code {"rows": [{"row": …}]}}.
 */
public final class JsonValues {
    private static final JsonMapper JSON = StrangersJson.READER;

    private static final List<String> LISTS = List.of("examples", "data", "rows");

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
                MappingIterator<JsonNode> values =
                        JSON.readerFor(JsonNode.class).readValues(bytes)) {
            while (values.hasNextValue()) {
                add(values.nextValue());
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
        for (String list : LISTS) {
            if (value.path(list).isArray()) {
                value.path(list).forEach(this::add);
                return;
            }
        }
        boolean served = value.path("row").isObject() && value.has("row_idx");
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
        int line = 0;
        try (BufferedReader lines = lines(StandardCharsets.ISO_8859_1)) {
            for (String text = lines.readLine(); text != null; text = lines.readLine()) {
                line++;
                StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)));
            }
        } catch (CharacterCodingException latin) {
            throw new DataFileException(file, "line", line, "is not UTF-8; convert the file (iconv -t UTF-8)");
        } catch (IOException unreadable) {
            throw content.unreadable(unreadable);
        }
    }

    private BufferedReader lines(Charset charset) throws IOException {
        return new BufferedReader(new InputStreamReader(content.open(), charset));
    }

    /** A line's text; lines count from 1. */
    private String line(int number) {
        try (BufferedReader lines = lines(StandardCharsets.UTF_8)) {
            return lines.lines().skip(Math.max(0, number - 1)).findFirst().orElse("");
        } catch (IOException | UncheckedIOException gone) {
            return "";
        }
    }
}
