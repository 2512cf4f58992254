package dev.tempo.model.config;

import dev.tempo.model.ModelFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A JSON file of a model's directory, which must hold one object. */
public final class JsonFile {
    /** Without a table of names: it would keep what strangers call things, and copy itself as it grows. */
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
                    .build())
            .build();

    private JsonFile() {}

    /**
     * The object that a file holds.
     *
     * @throws ModelFormatException naming the file, and the line where the JSON is at fault
     */
    public static JsonNode read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new ModelFormatException(file + (Files.exists(file) ? " is no file" : " is missing"));
        }
        try {
            return object(file, Files.readAllBytes(file));
        } catch (IOException e) {
            throw new ModelFormatException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * The object in the content of a file.
     *
     * @param file for messages
     * @throws ModelFormatException naming the file, and the line where the JSON is at fault
     */
    public static JsonNode object(Path file, byte[] content) {
        JsonNode root;
        try {
            root = JSON.readTree(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString());
        } catch (CharacterCodingException e) {
            throw new ModelFormatException(file + " is no JSON: it is not UTF-8", e);
        } catch (JacksonException e) {
            throw new ModelFormatException(file + " is no JSON" + where(e.getLocation()), e);
        }
        if (!root.isObject()) {
            throw new ModelFormatException(file + " is no JSON object, which begins with { and ends with }");
        }
        return root;
    }

    private static String where(TokenStreamLocation location) {
        return location == null || location.getLineNr() < 1
                ? ""
                : ": it goes wrong at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }
}
