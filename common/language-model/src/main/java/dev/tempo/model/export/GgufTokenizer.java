package dev.tempo.model.export;

import dev.tempo.model.ModelConfig;
import dev.tempo.model.ModelFormatException;
import dev.tempo.model.config.ConfigFields;
import dev.tempo.model.config.JsonFile;
import dev.tempo.model.directory.ModelDirectory;
import dev.tempo.model.tokens.Tokenizer;
import dev.tempo.model.tokens.TokenizerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A model's tokenizer and special tokens under the names that llama.cpp reads. It knows byte-level BPE with a few ways of
 * splitting a text beforehand, which it has by name; what it does otherwise is noted, or refused.
 */
final class GgufTokenizer {
    private static final int NORMAL = 1;
    private static final int CONTROL = 3;
    private static final int USER_DEFINED = 4;
    private static final int UNUSED = 5;

    /** Where the ids that end a response stand; what llama.cpp calls them makes no difference. */
    private static final List<String> ENDS =
            List.of("tokenizer.ggml.eos_token_id", "tokenizer.ggml.eot_token_id", "tokenizer.ggml.eom_token_id");

    private final Path file;
    private final Path directory;
    private final ModelConfig config;
    private final JsonNode root;
    private final List<String> notes;

    /** @param notes to which is added what llama.cpp does otherwise, a sentence each */
    GgufTokenizer(Path directory, ModelConfig config, List<String> notes) {
        this.directory = directory;
        this.config = config;
        this.notes = notes;
        file = directory.resolve("tokenizer.json");
        root = JsonFile.read(file);
    }

    /**
     * Writes tokens, merges, special tokens and chat template.
     *
     * @throws ModelFormatException naming file and field, if llama.cpp has no such tokenizer
     */
    void describe(GgufHeader header) {
        GgufMerges merges = GgufMerges.of(file, root);
        normalizer();
        header.text("tokenizer.ggml.model", "gpt2");
        header.text("tokenizer.ggml.pre", merges.splitting());
        try (Tokenizer tokenizer = new ModelDirectory(directory).tokenizer()) {
            tokens(tokenizer, merges, header);
            header.texts("tokenizer.ggml.merges", merges.pairs());
            notes.addAll(merges.notes());
            special(tokenizer, header);
        }
        chatTemplate(header);
    }

    private void normalizer() {
        JsonNode normalizer = root.path("normalizer");
        if (normalizer.path("type").asString("").equals("NFC")) {
            notes.add(
                    "llama.cpp takes texts as they are, and does not bring them into Unicode's form NFC as the tokenizer"
                            + " does: a letter that is written as two characters becomes other tokens");
        } else if (!normalizer.isMissingNode() && !normalizer.isNull()) {
            throw new ConfigFields(file, "", root)
                    .refusal("normalizer", "is one that llama.cpp has not: " + ConfigFields.shortened(normalizer));
        }
    }

    private void tokens(Tokenizer tokenizer, GgufMerges merges, GgufHeader header) {
        Map<Integer, Boolean> added = new HashMap<>();
        for (JsonNode token : root.path("added_tokens")) {
            added.put(token.path("id").asInt(), token.path("special").asBoolean(false));
            for (String flag : List.of("lstrip", "rstrip", "single_word")) {
                if (token.path(flag).asBoolean(false)) {
                    notes.add("llama.cpp does not heed " + flag + " of the token "
                            + ConfigFields.shortened(token.path("content")));
                }
            }
        }
        List<String> texts = new ArrayList<>();
        List<Integer> types = new ArrayList<>();
        for (int id = 0; id < config.vocabularySize(); id++) {
            String text = tokenizer.token(id);
            Boolean special = added.get(id);
            if (text.isEmpty()) {
                texts.add("[PAD" + id + "]");
                types.add(UNUSED);
            } else {
                texts.add(special == null ? merges.inFiles(text) : text);
                types.add(special == null ? NORMAL : special ? CONTROL : USER_DEFINED);
            }
        }
        header.texts("tokenizer.ggml.tokens", texts);
        header.numbers("tokenizer.ggml.token_type", types);
    }

    private void special(Tokenizer tokenizer, GgufHeader header) {
        List<Integer> ends = config.endTokenIds();
        for (int i = 0; i < Math.min(ENDS.size(), ends.size()); i++) {
            header.number(ENDS.get(i), ends.get(i));
        }
        if (ends.size() > ENDS.size()) {
            notes.add(
                    "a GGUF file has room for " + ENDS.size() + " tokens that end a response; llama.cpp goes on after "
                            + ends.subList(ENDS.size(), ends.size()).stream()
                                    .map(tokenizer::token)
                                    .toList());
        }
        OptionalInt pad = config.padTokenId();
        if (pad.isEmpty()) {
            pad = named("pad_token", tokenizer);
        }
        pad.ifPresent(id -> header.number("tokenizer.ggml.padding_token_id", id));
        OptionalInt first = framing(tokenizer);
        header.flag("tokenizer.ggml.add_bos_token", first.isPresent());
        header.flag("tokenizer.ggml.add_eos_token", false);
        if (first.isEmpty()) {
            first = named("bos_token", tokenizer);
        }
        JsonNode inConfig = JsonFile.read(directory.resolve("config.json")).path("bos_token_id");
        if (first.isEmpty()
                && inConfig.isInt()
                && inConfig.intValue() >= 0
                && inConfig.intValue() < config.vocabularySize()) {
            first = OptionalInt.of(inConfig.intValue());
        }
        first.ifPresent(id -> header.number("tokenizer.ggml.bos_token_id", id));
    }

    private OptionalInt named(String field, Tokenizer tokenizer) {
        JsonNode token = tokenizerConfig().path(field);
        return tokenizer.id((token.isObject() ? token.path("content") : token).asString(""));
    }

    /**
     * The token that the tokenizer puts before every text, if there is one.
     *
     * @throws ModelFormatException if it adds anything else
     */
    private OptionalInt framing(Tokenizer tokenizer) {
        JsonNode processor = root.path("post_processor");
        String type = processor.path("type").asString("");
        if (processor.isMissingNode() || processor.isNull() || type.equals("ByteLevel")) {
            return OptionalInt.empty();
        }
        JsonNode single = processor.path("single");
        if (type.equals("TemplateProcessing") && single.path(single.size() - 1).has("Sequence")) {
            if (single.size() == 1) {
                return OptionalInt.empty();
            }
            OptionalInt first =
                    tokenizer.id(single.path(0).path("SpecialToken").path("id").asString(""));
            if (single.size() == 2 && first.isPresent()) {
                return first;
            }
        }
        throw new ConfigFields(file, "", root)
                .refusal(
                        "post_processor",
                        "adds to a text what llama.cpp does not: " + ConfigFields.shortened(processor));
    }

    private void chatTemplate(GgufHeader header) {
        String template = template();
        if (template != null) {
            header.text("tokenizer.chat_template", template);
        }
    }

    private @Nullable String template() {
        Path own = directory.resolve("chat_template.jinja");
        if (Files.isRegularFile(own)) {
            return text(own);
        }
        JsonNode written = tokenizerConfig().path("chat_template");
        if (written.isString()) {
            return written.asString();
        }
        String found = null;
        for (JsonNode one : written) {
            String name = one.path("name").asString("");
            if (name.equals("default")) {
                found = one.path("template").asString("");
            } else {
                notes.add("the chat template '" + name + "' is left out; the file holds the default one");
            }
        }
        return found;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new ModelFormatException(file + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    private JsonNode tokenizerConfig() {
        Path settings = directory.resolve(TokenizerConfig.FILE);
        return Files.isRegularFile(settings) ? JsonFile.read(settings) : root.path("absent");
    }
}
