package dev.tempo.model.tokens;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.tempo.model.ModelFormatException;
import dev.tempo.model.config.ConfigFields;
import dev.tempo.model.config.JsonFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/** The tokenizer of a model, read from a Hugging Face tokenizer.json. Safe for use by several threads. */
public final class Tokenizer implements AutoCloseable {
    private static final int HIGHEST_ID = 10_000_000;
    /** The tokenizers library takes seconds to prepare for a token of tens of thousands. */
    private static final int LONGEST_ADDED = 1_000;

    private final HuggingFaceTokenizer tokenizer;
    private final Map<String, Integer> ids;
    private final String[] tokens;

    private Tokenizer(HuggingFaceTokenizer tokenizer, Map<String, Integer> ids) {
        this.tokenizer = tokenizer;
        this.ids = ids;
        this.tokens =
                new String[ids.values().stream().mapToInt(id -> id + 1).max().orElse(0)];
        Arrays.fill(tokens, "");
        ids.forEach((token, id) -> tokens[id] = token);
    }

    /**
     * Reads a tokenizer.json of any kind that Hugging Face's tokenizers know; the caller closes the tokenizer.
     *
     * @throws ModelFormatException naming the file, if it is missing or no tokenizer
     */
    public static Tokenizer read(Path tokenizerJson) {
        if (!Files.isRegularFile(tokenizerJson)) {
            throw new ModelFormatException(tokenizerJson + " is missing");
        }
        try {
            byte[] content = Files.readAllBytes(tokenizerJson);
            JsonNode root = JsonFile.object(tokenizerJson, content);
            refuseHalfCharacters(tokenizerJson, root);
            Map<String, Integer> ids = vocabulary(tokenizerJson, root);
            if (ids.isEmpty()) {
                throw new ModelFormatException(tokenizerJson + ": model.vocab is missing or empty");
            }
            return new Tokenizer(open(tokenizerJson, content), ids);
        } catch (IOException e) {
            throw new ModelFormatException(tokenizerJson + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Half a surrogate pair, as in {@code D800}, is no text: Hugging Face's library ends the whole process where it meets one. */
    private static void refuseHalfCharacters(Path file, JsonNode node) {
        CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder();
        if (node.isString() && !encoder.canEncode(node.asString())) {
            throw new ModelFormatException(file + " has a text with half a character (a lone surrogate)");
        }
        node.properties().forEach(entry -> {
            if (!encoder.canEncode(entry.getKey())) {
                throw new ModelFormatException(file + " has a name with half a character (a lone surrogate)");
            }
            refuseHalfCharacters(file, entry.getValue());
        });
        if (node.isArray()) {
            node.forEach(item -> refuseHalfCharacters(file, item));
        }
    }

    private static HuggingFaceTokenizer open(Path file, byte[] content) throws IOException {
        try {
            return HuggingFaceTokenizer.newInstance(
                    new ByteArrayInputStream(content),
                    Map.of("addSpecialTokens", "false", "truncation", "false", "padding", "false"));
        } catch (RuntimeException e) {
            throw new ModelFormatException(
                    file + " is no tokenizer that Hugging Face's tokenizers library reads; it says: " + e.getMessage(),
                    e);
        }
    }

    private static Map<String, Integer> vocabulary(Path file, JsonNode root) {
        Map<String, Integer> ids = new HashMap<>();
        JsonNode vocabulary = root.path("model").path("vocab");
        if (vocabulary.isArray()) {
            for (int id = 0; id < vocabulary.size(); id++) {
                ids.put(text(file, "model.vocab", vocabulary.get(id).path(0)), id);
            }
        } else {
            vocabulary
                    .properties()
                    .forEach(entry -> ids.put(entry.getKey(), id(file, "model.vocab", entry.getValue())));
        }
        for (JsonNode added : root.path("added_tokens")) {
            String content = text(file, "added_tokens", added.path("content"));
            if (content.length() > LONGEST_ADDED) {
                throw new ModelFormatException(file + ": added_tokens has a token of " + content.length()
                        + " characters, but at most " + LONGEST_ADDED + " are read");
            }
            ids.put(content, id(file, "added_tokens", added.path("id")));
        }
        return ids;
    }

    private static String text(Path file, String where, JsonNode token) {
        if (!token.isString()) {
            throw new ModelFormatException(
                    file + ": " + where + " has a token that is no text: " + ConfigFields.shortened(token));
        }
        return token.asString();
    }

    private static int id(Path file, String where, JsonNode id) {
        if (!id.isInt() || id.intValue() < 0 || id.intValue() > HIGHEST_ID) {
            throw new ModelFormatException(file + ": " + where + " has the id " + ConfigFields.shortened(id)
                    + ", but ids are whole numbers from 0 to " + HIGHEST_ID);
        }
        return id.intValue();
    }

    /**
     * The ids of a text, without any token that a template would add. Names of special tokens in the text become their ids.
     *
     * @throws IllegalArgumentException if the text has a character that the vocabulary cannot express
     */
    public int[] encode(String text) {
        return encode(text, false);
    }

    /**
     * The ids of a text. Names of special tokens in the text become their ids.
     *
     * @param framed whether to add what tokenizer.json's post-processor adds to a text, such as a first token
     * @throws IllegalArgumentException if the text has a character that the vocabulary cannot express
     */
    int[] encode(String text, boolean framed) {
        try {
            long[] encoded = tokenizer.encode(text, framed, false).getIds();
            return Arrays.stream(encoded).mapToInt(Math::toIntExact).toArray();
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("the tokenizer cannot encode '" + text + "': " + e.getMessage(), e);
        }
    }

    /** The text of ids, with special tokens by name; ids beyond the vocabulary have no text. */
    public String decode(int[] ids) {
        return decode(ids, false);
    }

    /**
     * The text of ids. Ids beyond the vocabulary have no text; bytes that form no character read as U+FFFD.
     *
     * @param skipSpecial whether tokens that tokenizer.json marks as special are left out
     */
    public String decode(int[] ids, boolean skipSpecial) {
        long[] known = Arrays.stream(ids)
                .filter(id -> id >= 0 && id < tokens.length)
                .asLongStream()
                .toArray();
        return known.length == 0 ? "" : tokenizer.decode(known, skipSpecial);
    }

    /** The vocabulary entry of an id, as tokenizer.json writes it; empty for an id that has none. */
    public String token(int id) {
        return id >= 0 && id < tokens.length ? tokens[id] : "";
    }

    /** The id of a vocabulary entry or added token. */
    public OptionalInt id(String token) {
        Integer id = ids.get(token);
        return id == null ? OptionalInt.empty() : OptionalInt.of(id);
    }

    /** The size of the vocabulary: one more than the highest id. */
    public int vocabularySize() {
        return tokens.length;
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
