package dev.tempo.model.directory;

import dev.tempo.model.ModelFormatException;
import dev.tempo.model.config.JsonFile;
import dev.tempo.model.tokens.TokenizerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * The tokenizer and chat template that a trainer may have left beside an adapter. Those of the adapter's base are used, so
 * the files beside the adapter must say the same.
 */
final class AdapterTexts {
    private static final String TOKENIZER = "tokenizer.json";
    private static final String TEMPLATE = "chat_template.jinja";
    private static final String KEY = "chat_template";

    private final Path adapter;
    private final Path base;

    AdapterTexts(Path adapter, Path base) {
        this.adapter = adapter;
        this.base = base;
    }

    /**
     * Refuses a tokenizer or chat template that differs from the base's.
     *
     * @throws ModelFormatException naming the adapter's file that differs
     */
    void refuseOthers() {
        Path own = adapter.resolve(TOKENIZER);
        if (Files.isRegularFile(own) && !isSameFile(own, base.resolve(TOKENIZER))) {
            if (!ids(own).equals(ids(base.resolve(TOKENIZER)))) {
                throw new ModelFormatException(own + " has other tokens or ids than the tokenizer of the base " + base
                        + ", which is used; take it out if the base's is meant" + AdapterConfig.ADVICE);
            }
        }
        String template = template(adapter);
        if (!template.isEmpty() && !template.equals(template(base))) {
            throw new ModelFormatException(adapter + " has another chat template than the base " + base
                    + ", whose is used; put the one that is meant into the base's directory (" + TEMPLATE
                    + " there comes first), or take it out of the adapter's");
        }
    }

    private static boolean isSameFile(Path one, Path other) {
        try {
            return Files.isRegularFile(other) && Files.mismatch(one, other) < 0;
        } catch (IOException e) {
            throw new ModelFormatException(one + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static Map<String, JsonNode> ids(Path file) {
        JsonNode root = JsonFile.read(file);
        Map<String, JsonNode> ids = new TreeMap<>();
        root.path("model").path("vocab").properties().forEach(token -> ids.put(token.getKey(), token.getValue()));
        root.path("added_tokens").forEach(token -> ids.put(token.path("content").asString(""), token.path("id")));
        return ids;
    }

    /** The chat template of a directory as it is written; empty if there is none. */
    private static String template(Path directory) {
        Path file = directory.resolve(TEMPLATE);
        Path config = directory.resolve(TokenizerConfig.FILE);
        try {
            if (Files.isRegularFile(file)) {
                return Files.readString(file).strip();
            }
        } catch (IOException e) {
            throw new ModelFormatException(file + " cannot be read: " + e.getMessage(), e);
        }
        if (!Files.isRegularFile(config)) {
            return "";
        }
        JsonNode written = JsonFile.read(config).path(KEY);
        if (written.isString()) {
            return written.asString().strip();
        }
        return written.isEmpty() ? "" : written.toString();
    }
}
