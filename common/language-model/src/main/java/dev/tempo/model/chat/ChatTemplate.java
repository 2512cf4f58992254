package dev.tempo.model.chat;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.LegacyOverrides;
import com.hubspot.jinjava.interpret.Context;
import com.hubspot.jinjava.interpret.InterpretException;
import com.hubspot.jinjava.interpret.TemplateError;
import com.hubspot.jinjava.lib.tag.Tag;
import com.hubspot.jinjava.tree.Node;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A chat template: messages in, the text that the model continues out, as Hugging Face's transformers renders it
 * (jinja2 with trim_blocks, lstrip_blocks and loop controls, {@code tojson} without escapes, {@code raise_exception},
 * {@code strftime_now}). Immutable; safe for use by several threads.
 */
public final class ChatTemplate {
    private static final Jinjava JINJAVA = jinjava();

    private final String name;
    private final Map<String, Object> variables;
    private final Clock clock;
    private final Node root;
    private final Map<String, Expression> parsed = new ConcurrentHashMap<>();

    /**
     * @param name the file it comes from, for messages
     * @param variables what every rendering sees: bos_token, eos_token and the like
     * @throws ChatTemplateException naming file and line, if it is no template
     */
    ChatTemplate(String name, String source, Map<String, Object> variables, Clock clock) {
        this.name = name;
        this.variables = Map.copyOf(variables);
        this.clock = clock;
        try {
            ChatInterpreter parsing = interpreter(Map.of());
            this.root = parsing.parse(TemplateSource.forJinjava(source));
            refuseErrors(parsing.getErrors());
        } catch (TemplateSource.MalformedException unreadable) {
            throw failure(unreadable.line(), unreadable.getMessage(), unreadable);
        } catch (InterpretException malformed) {
            throw failure(malformed.getLineNumber(), malformed.getMessage(), malformed);
        }
    }

    /**
     * The template of a model: chat_template.jinja, or else the field of tokenizer_config.json; empty if it has none.
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
     * The text by which a question is put to the model, up to where its answer begins.
     *
     * @param system the system message; null for none
     * @param enableThinking the template's variable of this name; null leaves it undefined
     * @throws ChatTemplateException naming file and line, if the template refuses this
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

    private static Jinjava jinjava() {
        Set<String> others = new Jinjava()
                .getGlobalContext().getAllTags().stream()
                        .map(Tag::getName)
                        .filter(tag -> !TemplateSource.STATEMENTS.contains(tag))
                        .collect(Collectors.toSet());
        LegacyOverrides modern = LegacyOverrides.Builder.from(LegacyOverrides.ALL)
                .withWhitespaceRequiredWithinTokens(false)
                .build();
        Jinjava jinjava = new Jinjava(JinjavaConfig.newBuilder()
                .withDisabled(Map.of(Context.Library.TAG, others))
                .withLegacyOverrides(modern)
                .withNestedInterpretationEnabled(false)
                .withMaxOutputSize(ChatInterpreter.LONGEST)
                .build());
        jinjava.getGlobalContext().registerTag(new LoopTag());
        jinjava.getGlobalContext().registerTag(new ConditionTag());
        return jinjava;
    }

    /**
     * Renders the template.
     *
     * @param given messages, add_generation_prompt, tools, enable_thinking and what else it asks for; values of JSON. A
     *     variable that is not given is undefined; null is None
     * @throws ChatTemplateException naming file and line, if the template refuses it or cannot be rendered
     */
    public String render(Map<String, ? extends @Nullable Object> given) {
        Map<String, Object> all = new LinkedHashMap<>(variables);
        given.forEach((key, value) -> all.put(key, imported(value)));
        ChatInterpreter rendering = interpreter(all);
        try {
            String text = rendering.render(root);
            refuseErrors(rendering.getErrors());
            return text;
        } catch (InterpretException refused) {
            throw failure(refused.getLineNumber(), refused.getMessage(), refused);
        } catch (StackOverflowError endless) {
            throw failure(rendering.getLineNumber(), "it is nested too deeply", endless);
        }
    }

    private ChatInterpreter interpreter(Map<String, Object> all) {
        JinjavaConfig config = JINJAVA.getGlobalConfig();
        Context context = new Context(JINJAVA.getGlobalContextCopy(), all, config.getDisabled());
        return new ChatInterpreter(JINJAVA, context, config, parsed, clock);
    }

    private void refuseErrors(List<TemplateError> errors) {
        if (!errors.isEmpty()) {
            throw failure(errors.get(0).getLineno(), errors.get(0).getMessage(), null);
        }
    }

    private ChatTemplateException failure(int line, @Nullable String problem, @Nullable Throwable cause) {
        String message = name + ", line " + Math.max(1, line) + " of the chat template: " + problem;
        return cause == null ? new ChatTemplateException(message) : new ChatTemplateException(message, cause);
    }

    /** A JSON value as expressions expect it. */
    private static Object imported(@Nullable Object value) {
        if (value == null) {
            return Python.NONE;
        } else if (value instanceof Map<?, ?> map) {
            Map<String, Object> imported = new LinkedHashMap<>();
            map.forEach((key, item) -> imported.put(String.valueOf(key), imported(item)));
            return imported;
        } else if (value instanceof List<?> list) {
            return list.stream().map(ChatTemplate::imported).toList();
        } else if (value instanceof Number) {
            Number number = Python.number(value);
            return number == null ? Python.NONE : number;
        } else if (value instanceof String || value instanceof Boolean) {
            return value;
        }
        throw new IllegalArgumentException("a chat template takes values of JSON, not a " + value.getClass());
    }
}
