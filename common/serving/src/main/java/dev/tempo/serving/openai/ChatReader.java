package dev.tempo.serving.openai;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The reading of what is sent to {@code /v1/chat/completions}. */
public final class ChatReader extends RequestReader {
    private static final int MOST_ALTERNATIVES = 20;
    private static final List<String> NO_MATTER =
            List.of("metadata", "store", "safety_identifier", "prompt_cache_key", "prompt_cache_retention");

    @Override
    Asked read(Fields fields) {
        boolean logProbs = fields.flag("logprobs");
        OptionalInt alternatives = fields.whole("top_logprobs", 0, MOST_ALTERNATIVES);
        if (alternatives.isPresent() && !logProbs) {
            throw ApiException.invalid("top_logprobs", "'top_logprobs' needs 'logprobs' to be true.");
        }
        fields.without(NO_MATTER.toArray(String[]::new));
        fields.only("service_tier", "there is one tier", "\"auto\"", "\"default\"");
        fields.only("response_format", "nothing forces a form on the text", "{\"type\":\"text\"}");
        fields.only("modalities", "there is text only", "[\"text\"]");
        fields.only("parallel_tool_calls", "nothing keeps a model from several calls", "true");
        fields.only("reasoning_effort", "what a template takes goes into 'chat_template_kwargs'");
        fields.only("functions", "the field is now called 'tools'");
        fields.only("function_call", "the field is now called 'tool_choice'");
        Asked.Prompt prompt = prompt(fields);
        return asked(fields, prompt, limit(fields), logProbs, alternatives.orElse(0));
    }

    private static Asked.Limit limit(Fields fields) {
        OptionalInt old = fields.whole("max_tokens", 1, Integer.MAX_VALUE);
        OptionalInt limit = fields.whole("max_completion_tokens", 1, Integer.MAX_VALUE);
        if (old.isPresent() && limit.isPresent() && old.getAsInt() != limit.getAsInt()) {
            throw ApiException.invalid(
                    "max_tokens", "'max_tokens' and 'max_completion_tokens' mean the same, but differ; leave out one.");
        }
        return limit.isEmpty() && old.isPresent()
                ? new Asked.Limit(old, "max_tokens")
                : new Asked.Limit(limit, "max_completion_tokens");
    }

    private static Asked.Prompt prompt(Fields fields) {
        Map<String, @Nullable Object> variables = new LinkedHashMap<>();
        List<Map<String, @Nullable Object>> messages = messages(fields);
        @Nullable Object tools = tools(fields);
        variables.put("messages", messages);
        variables.put("tools", tools);
        variables.put("documents", null);
        variables.put("add_generation_prompt", true);
        Optional<Fields> given = fields.fields("chat_template_kwargs");
        given.ifPresent(extra -> kwargs(fields, variables));
        boolean plain =
                messages.size() == 1 && "user".equals(messages.get(0).get("role")) && tools == null && given.isEmpty();
        Object content = messages.get(0).get("content");
        return new Asked.Chat(variables, plain && content instanceof String question ? question : null);
    }

    private static void kwargs(Fields fields, Map<String, @Nullable Object> variables) {
        JsonNode given = fields.node("chat_template_kwargs");
        if (given != null) {
            given.properties().forEach(entry -> {
                if (variables.containsKey(entry.getKey())) {
                    throw ApiException.invalid(
                            "chat_template_kwargs." + entry.getKey(),
                            "The template gets 'chat_template_kwargs." + entry.getKey() + "' from other fields.");
                }
                variables.put(entry.getKey(), MessageReader.plain(entry.getValue()));
            });
        }
    }

    private static List<Map<String, @Nullable Object>> messages(Fields fields) {
        JsonNode messages = fields.node("messages");
        if (messages == null) {
            throw ApiException.invalid("messages", "Missing required parameter: 'messages'.");
        }
        if (!messages.isArray() || messages.isEmpty()) {
            throw fields.wrong("messages", "must be an array of at least one message");
        }
        List<Map<String, @Nullable Object>> all = new ArrayList<>();
        for (JsonNode message : messages) {
            all.add(MessageReader.message(message, "messages[" + all.size() + "]"));
        }
        return all;
    }

    private static @Nullable Object tools(Fields fields) {
        JsonNode tools = fields.node("tools");
        String choice = "a model chooses for itself whether to call";
        fields.only("tool_choice", choice, "\"auto\"", "\"none\"");
        JsonNode chosen = fields.node("tool_choice");
        if (tools == null) {
            if (chosen != null && chosen.asString().equals("auto")) {
                throw ApiException.invalid("tool_choice", "'tool_choice' is only allowed when 'tools' are specified.");
            }
            return null;
        }
        if (!tools.isArray()) {
            throw fields.wrong("tools", "must be an array of tools");
        }
        for (JsonNode tool : tools) {
            if (!"function".equals(tool.path("type").asString(""))
                    || !tool.path("function").path("name").isString()) {
                throw fields.wrong("tools", "must hold objects of type \"function\" with a function that has a name");
            }
        }
        boolean none = chosen != null && chosen.asString().equals("none");
        return tools.isEmpty() || none ? null : MessageReader.plain(tools);
    }
}
