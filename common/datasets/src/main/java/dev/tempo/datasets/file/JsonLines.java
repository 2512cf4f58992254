package dev.tempo.datasets.file;

import dev.tempo.datasets.DataFileException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A file of one JSON object a line, UTF-8; blank lines are passed over. */
public final class JsonLines {
    private static final JsonMapper JSON = StrangersJson.READER;

    /** What no line is longer than; a file without line ends would fill the memory. */
    private static final int LONGEST_LINE = 64 << 20;

    /** Bytes behind the first line that are looked at. */
    private static final int NEXT = 200;

    private final Path path;
    private final Consumer<FileRow> rows;
    private int line;
    private boolean any;

    private JsonLines(Path path, Consumer<FileRow> rows) {
        this.path = path;
        this.rows = rows;
    }

    /**
     * Hands on the rows of a file, a line at a time.
     *
     * @return how many lines the file has
     * @throws DataFileException if the file cannot be read, holds no object, or a line is not an object
     */
    public static int read(FileContent content, Consumer<FileRow> rows) {
        JsonLines lines = new JsonLines(content.file(), rows);
        try (InputStream bytes = content.open()) {
            lines.read(bytes);
        } catch (IOException unreadable) {
            throw content.unreadable(unreadable);
        }
        if (!lines.any) {
            throw new DataFileException(content.file(), "holds no rows; it should be one JSON object a line");
        }
        return lines.line;
    }

    private void read(InputStream bytes) throws IOException {
        ByteArrayOutputStream current = new ByteArrayOutputStream();
        for (int next = bytes.read(); next >= 0; next = bytes.read()) {
            if (next == '\n') {
                add(current, bytes);
                current.reset();
            } else if (current.size() < LONGEST_LINE) {
                current.write(next);
            } else {
                throw new DataFileException(
                        path, "line", line + 1, "is longer than 64 MB; write one JSON object a line");
            }
        }
        if (current.size() > 0) {
            add(current, bytes);
        }
    }

    private void add(ByteArrayOutputStream content, InputStream rest) throws IOException {
        line++;
        String text = decode(path, line, ByteBuffer.wrap(content.toByteArray()));
        if (!text.isBlank()) {
            if (!any) {
                rest.mark(NEXT);
                String next = new String(rest.readNBytes(NEXT), StandardCharsets.UTF_8).stripLeading();
                rest.reset();
                refuseOtherLayouts(path, text, next);
            }
            any = true;
            rows.accept(new FileRow(path, "line", line, parse(path, line, text)));
        }
    }

    /** A list of objects, or an object over several lines: JSON, but not an object a line. */
    private static void refuseOtherLayouts(Path path, String firstLine, String next) {
        String first = firstLine.strip();
        boolean list = first.equals("[")
                || first.startsWith("[") && first.substring(1).stripLeading().startsWith("{");
        if (list) {
            throw new DataFileException(
                    path, "is a JSON list, but a recipe's file has one object a line; " + rewritten(path));
        }
        if (first.equals("{") || first.startsWith("{") && !first.endsWith("}") && next.startsWith("\"")) {
            throw new DataFileException(
                    path,
                    "has objects over several lines, but a recipe's file has one object a line; " + rewritten(path));
        }
    }

    private static String rewritten(Path path) {
        String stem = String.valueOf(path.getFileName()).replaceFirst("\\.[^.]*$", "");
        return "call it " + stem + ".json, or write it as that with ./tempo questions --out " + stem + "-lines.jsonl "
                + path;
    }

    private static String decode(Path path, int line, ByteBuffer bytes) {
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
            return line == 1 && text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException malformed) {
            throw new DataFileException(path, "line", line, "is not UTF-8; convert the file (iconv -t UTF-8)");
        }
    }

    private static void refuseListOfRows(Path path, int line, JsonNode object) {
        for (String name : object.propertyNames()) {
            JsonNode first = object.path(name).path(0);
            if (object.path(name).isArray() && first.isObject() && !first.has("role")) {
                throw new DataFileException(
                        path, "line", line, "is one object with a list of rows in '" + name + "'; " + rewritten(path));
            }
        }
    }

    private static JsonNode parse(Path path, int line, String text) {
        JsonNode row;
        try {
            row = JSON.readTree(text);
        } catch (JacksonException malformed) {
            String fault = JsonFault.of(text, malformed).replace("FILE > NEW", path + " > NEW");
            throw new DataFileException(
                    path,
                    "line",
                    line,
                    fault.contains(JsonFault.TWO_OBJECTS) ? fault + ", or " + rewritten(path) : fault);
        }
        if (!row.isObject()) {
            throw new DataFileException(
                    path, "line", line, "should be a JSON object {…} but is " + Excerpt.of(text.strip()));
        }
        RowLayout.problem(row).ifPresent(problem -> {
            throw new DataFileException(path, "line", line, problem);
        });
        if (row.size() <= JsonValues.LIST_AND_REMARKS) {
            refuseListOfRows(path, line, row);
        }
        return row;
    }
}
