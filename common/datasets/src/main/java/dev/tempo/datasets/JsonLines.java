package dev.tempo.datasets;

import dev.tempo.datasets.file.FileKind;
import dev.tempo.datasets.file.JsonFault;
import dev.tempo.datasets.file.RowLayout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A file of one JSON object a line, UTF-8; blank lines are passed over. */
final class JsonLines {
    /** Without a table of names: it would keep what strangers call things, and copy itself as it grows. */
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** Fields of an object that holds the rows of a whole set, and no more than a remark beside. */
    private static final int LIST_AND_REMARKS = 2;

    private JsonLines() {}

    /**
     * The rows of a file.
     *
     * @throws DataFileException if the file cannot be read, holds no object, or a line is not an object
     */
    static List<JsonRow> read(String file) {
        Path path = Path.of(file);
        byte[] bytes = bytesOf(path);
        FileKind.problem(file, Arrays.copyOf(bytes, Math.min(bytes.length, FileKind.START)))
                .ifPresent(problem -> {
                    throw new DataFileException(path, problem);
                });
        List<JsonRow> rows = new ArrayList<>();
        int line = 0;
        for (int start = 0; start < bytes.length; ) {
            int end = start;
            while (end < bytes.length && bytes[end] != '\n') {
                end++;
            }
            line++;
            String text = decode(path, line, ByteBuffer.wrap(bytes, start, end - start));
            if (!text.isBlank()) {
                if (rows.isEmpty()) {
                    refuseOtherLayouts(path, text, bytes, end);
                }
                rows.add(new JsonRow(path, line, parse(path, line, text)));
            }
            start = end + 1;
        }
        if (rows.isEmpty()) {
            throw new DataFileException(path, "holds no rows; it should be one JSON object a line");
        }
        return rows;
    }

    /** A list of objects, or an object over several lines: JSON, but not an object a line. */
    private static void refuseOtherLayouts(Path path, String firstLine, byte[] bytes, int end) {
        String first = firstLine.strip();
        boolean list = first.equals("[")
                || first.startsWith("[") && first.substring(1).stripLeading().startsWith("{");
        if (list) {
            throw new DataFileException(
                    path, "is a JSON list, but a recipe's file has one object a line; " + rewritten(path));
        }
        String next = new String(bytes, end, Math.min(200, bytes.length - end), StandardCharsets.UTF_8).stripLeading();
        if (first.equals("{") || first.startsWith("{") && !first.endsWith("}") && next.startsWith("\"")) {
            throw new DataFileException(
                    path,
                    "has objects over several lines, but a recipe's file has one object a line; " + rewritten(path));
        }
    }

    private static String rewritten(Path path) {
        String stem = String.valueOf(path.getFileName()).replaceFirst("\\.[^.]*$", "");
        return "write it as that with ./tempo questions --out " + stem + "-lines.jsonl " + path;
    }

    private static byte[] bytesOf(Path path) {
        if (Files.isDirectory(path)) {
            throw new DataFileException(path, "is a directory; name a file in it");
        }
        try {
            return Files.readAllBytes(path);
        } catch (NoSuchFileException missing) {
            throw new DataFileException(
                    path, "no such file; paths in a recipe are relative to the recipe's folder", missing);
        } catch (AccessDeniedException denied) {
            throw new DataFileException(path, "may not be read by this user; see its permissions", denied);
        } catch (IOException unreadable) {
            throw new DataFileException(path, "cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    private static String decode(Path path, int line, ByteBuffer bytes) {
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
            return line == 1 && text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException malformed) {
            throw new DataFileException(path, line, "is not UTF-8; convert the file (iconv -t UTF-8)");
        }
    }

    private static JsonNode parse(Path path, int line, String text) {
        JsonNode row;
        try {
            row = JSON.readTree(text);
        } catch (JacksonException malformed) {
            String fault = JsonFault.of(text, malformed).replace("FILE > NEW", path + " > NEW");
            throw new DataFileException(
                    path, line, fault.contains(JsonFault.TWO_OBJECTS) ? fault + ", or " + rewritten(path) : fault);
        }
        if (!row.isObject()) {
            throw new DataFileException(path, line, "should be a JSON object {…} but is " + excerpt(text));
        }
        RowLayout.problem(row).ifPresent(problem -> {
            throw new DataFileException(path, line, problem);
        });
        row.propertyNames().stream()
                .filter(name ->
                        row.path(name).isArray() && row.path(name).path(0).isObject())
                .filter(name -> row.propertyNames().size() <= LIST_AND_REMARKS
                        && !row.path(name).path(0).has("role"))
                .findFirst()
                .ifPresent(name -> {
                    throw new DataFileException(
                            path, line, "is one object with a list of rows in '" + name + "'; " + rewritten(path));
                });
        return row;
    }

    private static String excerpt(String text) {
        String stripped = text.strip();
        return stripped.length() <= 60 ? stripped : stripped.substring(0, 60) + "…";
    }
}
