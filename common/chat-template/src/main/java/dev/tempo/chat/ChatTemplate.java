package dev.tempo.chat;

import dev.tempo.chat.python.Dict;
import dev.tempo.chat.python.Python;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A chat template, which turns messages into the text that a model continues. It renders what Hugging Face's transformers
 * renders: jinja2 with trim_blocks, lstrip_blocks and loop controls, {@code tojson} without escapes, {@code
 * raise_exception}, {@code strftime_now}. Immutable; safe for use by several threads.
 */
public final class ChatTemplate {
    private final String name;
    private final Map<String, Object> variables;
    private final Clock clock;
    private final BlockNames names = new BlockNames(null);
    private final Statement.Step program;

    /**
     * Parses a template.
     *
     * @param name the name of its file, for messages
     * @param variables the variables that every rendering sees, such as bos_token and eos_token
     * @throws ChatTemplateException naming file and line, if the source is no template
     */
    ChatTemplate(String name, String source, Map<String, Object> variables, Clock clock) {
        this.name = name;
        this.variables = Map.copyOf(variables);
        this.clock = clock;
        try {
            Body body = StatementParser.parse(source);
            body.declare(names);
            this.program = body.within(names);
        } catch (MalformedTemplateException malformed) {
            throw failure(malformed.line(), malformed.getMessage(), malformed);
        } catch (StackOverflowError endless) {
            throw failure(1, "it is nested too deeply", endless);
        }
    }

    /**
     * The template of a model: chat_template.jinja, or else the field of tokenizer_config.json; empty if the model has none.
     *
     * @throws ChatTemplateException naming file and line, if it is no template
     */
    public static Optional<ChatTemplate> of(Path modelDirectory) {
        return ChatTemplateFiles.read(modelDirectory);
    }

    /**
     * A template in a file of its own.
     *
     * @param specialTokens the names and texts of special tokens, such as eos_token, that it may use
     * @throws ChatTemplateException naming file and line, if it is no template
     */
    public static ChatTemplate read(Path file, Map<String, String> specialTokens) {
        return ChatTemplateFiles.read(file, new LinkedHashMap<>(specialTokens));
    }

    /**
     * The text that asks a model a question, up to where its answer begins.
     *
     * @param system the system message; null for none
     * @param question the user's message
     * @param enableThinking the template's variable of this name; null leaves it undefined
     * @throws ChatTemplateException naming file and line, if the template refuses the messages
     */
    public String prompt(@Nullable String system, String question, @Nullable Boolean enableThinking) {
        List<Map<String, String>> messages = new ArrayList<>();
        if (system != null) {
            messages.add(Map.of("role", "system", "content", system));
        }
        messages.add(Map.of("role", "user", "content", question));
        Map<String, @Nullable Object> given = new LinkedHashMap<>();
        given.put("messages", messages);
        given.put("tools", null);
        given.put("documents", null);
        given.put("add_generation_prompt", true);
        if (enableThinking != null) {
            given.put("enable_thinking", enableThinking);
        }
        return render(given);
    }

    /**
     * Renders the template.
     *
     * @param given the variables messages, add_generation_prompt, tools, enable_thinking and others that the template asks
     *     for, with values as in JSON. A variable that is not given is undefined; null is None
     * @throws ChatTemplateException naming file and line, if the template refuses the variables or cannot be rendered
     */
    public String render(Map<String, ? extends @Nullable Object> given) {
        Map<String, Object> all = new LinkedHashMap<>(variables);
        given.forEach((key, value) -> all.put(key, imported(value)));
        RenderContext context = new RenderContext(all, clock);
        try {
            Output output = new Output();
            program.run(new Scope(null, context, names), output);
            return output.text();
        } catch (IllegalArgumentException refused) {
            throw failure(context.line(), refused.getMessage(), refused);
        } catch (StackOverflowError endless) {
            throw failure(context.line(), "it is nested too deeply", endless);
        }
    }

    private ChatTemplateException failure(int line, @Nullable String problem, Throwable cause) {
        return new ChatTemplateException(name + ", line " + line + " of the chat template: " + problem, cause);
    }

    /** A JSON value as expressions take it. */
    private static Object imported(@Nullable Object value) {
        if (value == null) {
            return Python.NONE;
        } else if (value instanceof Map<?, ?> map) {
            Dict imported = new Dict();
            map.forEach((key, item) -> imported.put(String.valueOf(key), imported(item)));
            return imported;
        } else if (value instanceof List<?> list) {
            List<Object> imported = new ArrayList<>();
            list.forEach(item -> imported.add(imported(item)));
            return imported;
        } else if (value instanceof Double || value instanceof Float || value instanceof BigDecimal) {
            return ((Number) value).doubleValue();
        } else if (value instanceof BigInteger whole) {
            return whole;
        } else if (value instanceof Number number) {
            return BigInteger.valueOf(number.longValue());
        } else if (value instanceof String || value instanceof Boolean) {
            return value;
        }
        throw new IllegalArgumentException("a chat template takes values of JSON, not a " + value.getClass());
    }
}
