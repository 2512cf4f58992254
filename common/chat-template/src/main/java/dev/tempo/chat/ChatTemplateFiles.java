package dev.tempo.chat;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The files in which a Hugging Face directory keeps its chat template: chat_template.jinja, or else tokenizer_config.json.
 */
final class ChatTemplateFiles {
    /** Without a table of names: it would keep what strangers call things, and copy itself as it grows. */
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
                    .build())
            .build();

    private static final List<String> SPECIAL_TOKENS =
            List.of("bos_token", "eos_token", "unk_token", "sep_token", "pad_token", "cls_token", "mask_token");

    private ChatTemplateFiles() {}

    static Optional<ChatTemplate> read(Path directory) {
        Path config = directory.resolve("tokenizer_config.json");
        JsonNode tokenizerConfig = tree(config);
        Map<String, Object> variables = specialTokens(tree(directory.resolve("special_tokens_map.json")));
        variables.putAll(specialTokens(tokenizerConfig));
        Path own = directory.resolve("chat_template.jinja");
        if (Files.isRegularFile(own)) {
            return Optional.of(read(own, variables));
        }
        return source(config, tokenizerConfig.path("chat_template"))
                .map(source -> new ChatTemplate(config.toString(), source, variables, Clock.systemDefaultZone()));
    }

    static ChatTemplate read(Path file, Map<String, Object> variables) {
        return new ChatTemplate(file.toString(), content(file), variables, Clock.systemDefaultZone());
    }

    /** The source of a template that is written as a text, or as a list of named texts of which the default is taken. */
    private static Optional<String> source(Path file, JsonNode written) {
        if (written.isString()) {
            return Optional.of(written.asString());
        } else if (written.isMissingNode() || written.isNull()) {
            return Optional.empty();
        }
        for (JsonNode one : written) {
            if (one.path("name").asString("").equals("default")
                    && one.path("template").isString()) {
                return Optional.of(one.path("template").asString());
            }
        }
        throw new ChatTemplateException(
                file + ": chat_template is neither a text nor a list of named ones with a 'default'");
    }

    private static Map<String, Object> specialTokens(JsonNode config) {
        Map<String, Object> tokens = new LinkedHashMap<>();
        for (String name : SPECIAL_TOKENS) {
            JsonNode token = config.path(name);
            JsonNode content = token.isObject() ? token.path("content") : token;
            if (content.isString()) {
                tokens.put(name, content.asString());
            }
        }
        return tokens;
    }

    private static JsonNode tree(Path file) {
        if (!Files.isRegularFile(file)) {
            return JSON.createObjectNode();
        }
        try {
            return JSON.readTree(content(file));
        } catch (JacksonException malformed) {
            throw new ChatTemplateException(file + " is no JSON: " + malformed.getOriginalMessage(), malformed);
        }
    }

    private static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (CharacterCodingException otherCoding) {
            throw new ChatTemplateException(file + " is not in UTF-8; save it as that", otherCoding);
        } catch (IOException unreadable) {
            throw new ChatTemplateException(file + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }
}
