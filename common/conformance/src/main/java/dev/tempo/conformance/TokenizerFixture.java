package dev.tempo.conformance;

import dev.tempo.chat.ChatTemplate;
import dev.tempo.chat.ChatTemplateException;
import dev.tempo.model.ModelFormatException;
import dev.tempo.model.tokens.TextStream;
import dev.tempo.model.tokens.Tokenizer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A file of texts with their ids, or of conversations with what the chat template makes of them, beside the tokenizer.json
 * it was made with.
 */
final class TokenizerFixture {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Set<String> EXPECTATIONS = Set.of("name", "template", "rendered", "ids");

    private final Path directory;
    private final Tokenizer tokenizer;
    private final Map<String, ChatTemplate> templates = new HashMap<>();
    private final List<String> failures = new ArrayList<>();

    private TokenizerFixture(Path directory, Tokenizer tokenizer) {
        this.directory = directory;
        this.tokenizer = tokenizer;
    }

    /** Empty if the content is no such fixture. */
    static Optional<CheckedFile> check(Path file, JsonNode content) {
        Path directory = file.toAbsolutePath().getParent();
        JsonNode first = content.path("cases").path(0);
        boolean texts = first.has("text") && first.has("ids") && first.has("decoded");
        boolean chats = first.has("messages") && first.has("rendered");
        if (!(texts || chats) || directory == null || !Files.isRegularFile(directory.resolve("tokenizer.json"))) {
            return Optional.empty();
        }
        int cases = content.path("cases").size();
        try (Tokenizer tokenizer = Tokenizer.read(directory.resolve("tokenizer.json"))) {
            TokenizerFixture fixture = new TokenizerFixture(directory, tokenizer);
            int number = 0;
            for (JsonNode one : content.path("cases")) {
                String name = number++ + " "
                        + one.path("name").asString(shown(one.path("text").asString("")));
                String problem = texts ? fixture.text(one) : fixture.chat(one);
                if (problem != null) {
                    fixture.failures.add(name + ": " + problem);
                }
            }
            if (content.has("vocab_size")
                    && tokenizer.vocabularySize() != content.path("vocab_size").asInt()) {
                fixture.failures.add("the vocabulary has " + tokenizer.vocabularySize() + " ids, expected "
                        + content.path("vocab_size").asInt());
            }
            return Optional.of(entry(file, cases, fixture.failures));
        } catch (ModelFormatException unusable) {
            return Optional.of(entry(file, cases, List.of(String.valueOf(unusable.getMessage()))));
        }
    }

    private static CheckedFile entry(Path file, int cases, List<String> failures) {
        return new CheckedFile(
                file.toString(), cases, failures.size(), 0, 0, failures, failures.isEmpty(), List.of(), Map.of());
    }

    private @Nullable String text(JsonNode one) {
        int[] ids = ids(one);
        String problem = encoding(one.path("text").asString(), ids);
        for (int i = 0; problem == null && one.has("tokens") && i < ids.length; i++) {
            problem = difference(
                    "token " + i,
                    tokenizer.token(ids[i]),
                    one.path("tokens").path(i).asString());
        }
        if (problem == null) {
            problem = difference(
                    "decoded", tokenizer.decode(ids), one.path("decoded").asString());
        }
        if (problem == null) {
            problem = difference(
                    "decoded token by token", streamed(ids), one.path("decoded").asString());
        }
        if (problem == null && one.has("decoded_skip_special")) {
            problem = difference(
                    "decoded without special tokens",
                    tokenizer.decode(ids, true),
                    one.path("decoded_skip_special").asString());
        }
        return problem;
    }

    private String streamed(int[] ids) {
        TextStream stream = new TextStream(tokenizer);
        StringBuilder text = new StringBuilder();
        for (int id : ids) {
            text.append(stream.accept(id));
        }
        return text.append(stream.finish()).toString();
    }

    private @Nullable String chat(JsonNode one) {
        String rendered;
        try {
            rendered = template(one.path("template").asString("")).render(variables(one));
        } catch (ChatTemplateException refused) {
            return refused.getMessage();
        }
        String problem = difference("rendered", rendered, one.path("rendered").asString());
        return problem == null && one.has("ids") ? encoding(rendered, ids(one)) : problem;
    }

    private ChatTemplate template(String name) {
        return templates.computeIfAbsent(
                name,
                any -> name.isEmpty()
                        ? ChatTemplate.of(directory)
                                .orElseThrow(() -> new IllegalArgumentException(directory + " has no chat template"))
                        : ChatTemplate.read(directory.resolve(name), Map.of()));
    }

    /** A variable that is null was not given, but for tools, which are none then. */
    private static Map<String, @Nullable Object> variables(JsonNode one) {
        Map<String, @Nullable Object> variables = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : one.properties()) {
            if (!EXPECTATIONS.contains(field.getKey())
                    && (!field.getValue().isNull() || field.getKey().equals("tools"))) {
                variables.put(field.getKey(), JSON.treeToValue(field.getValue(), Object.class));
            }
        }
        return variables;
    }

    private @Nullable String encoding(String text, int[] expected) {
        int[] ids = tokenizer.encode(text);
        return Arrays.equals(ids, expected)
                ? null
                : "ids " + Arrays.toString(ids) + ", expected " + Arrays.toString(expected);
    }

    private static int[] ids(JsonNode one) {
        return JSON.treeToValue(one.path("ids"), int[].class);
    }

    private static @Nullable String difference(String what, String actual, String expected) {
        if (actual.equals(expected)) {
            return null;
        }
        int at = 0;
        while (at < actual.length() && at < expected.length() && actual.charAt(at) == expected.charAt(at)) {
            at++;
        }
        return what + " differs from character " + at + " on: " + shown(actual.substring(at)) + ", expected "
                + shown(expected.substring(at));
    }

    private static String shown(String text) {
        String oneLine = text.replace("\n", "\\n");
        return "'" + (oneLine.length() > 60 ? oneLine.substring(0, 60) + "…" : oneLine) + "'";
    }
}
