package dev.tempo.datasets;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A file of one JSON object a line, UTF-8; blank lines are passed over. */
final class JsonLines {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private JsonLines() {}

    /** @throws DataFileException if the file cannot be read, holds no object, or a line is not an object */
    static List<JsonRow> read(String file) {
        Path path = Path.of(file);
        byte[] bytes = bytesOf(path);
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
                rows.add(new JsonRow(path, line, parse(path, line, text)));
            }
            start = end + 1;
        }
        if (rows.isEmpty()) {
            throw new DataFileException(path, "holds no rows; it should be one JSON object a line");
        }
        return rows;
    }

    private static byte[] bytesOf(Path path) {
        try {
            return Files.readAllBytes(path);
        } catch (NoSuchFileException missing) {
            throw new DataFileException(
                    path, "no such file; paths in a recipe are relative to the recipe's folder", missing);
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
            throw new DataFileException(path, line, "is not JSON: " + malformed.getOriginalMessage());
        }
        if (!row.isObject()) {
            throw new DataFileException(path, line, "should be a JSON object {…} but is " + excerpt(text));
        }
        return row;
    }

    private static String excerpt(String text) {
        String stripped = text.strip();
        return stripped.length() <= 60 ? stripped : stripped.substring(0, 60) + "…";
    }
}
