package dev.tempo.serving.openai;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The reading of one message of a chat, into what chat templates take. */
final class MessageReader {
    private static final Set<String> ROLES = Set.of("system", "developer", "user", "assistant", "tool");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private MessageReader() {}

    static Map<String, @Nullable Object> message(JsonNode node, String path) {
        if (!(node instanceof ObjectNode object)) {
            throw ApiException.invalid(path, "Invalid value for '" + path + "': it must be an object.");
        }
        Fields fields = new Fields(object, path);
        String role = fields.neededText("role");
        if (!ROLES.contains(role)) {
            throw fields.wrong("role", "must be one of system, developer, user, assistant and tool");
        }
        Map<String, @Nullable Object> message = new LinkedHashMap<>();
        message.put("role", role.equals("developer") ? "system" : role);
        message.put("content", content(fields, role));
        fields.text("name").ifPresent(name -> message.put("name", name));
        if (role.equals("assistant")) {
            fields.text("reasoning_content").ifPresent(text -> message.put("reasoning_content", text));
            fields.only("refusal", "what was not said cannot be continued");
            fields.only("audio", "there is text only");
            fields.only("function_call", "the field is now called 'tool_calls'");
            JsonNode calls = fields.node("tool_calls");
            if (calls != null && !calls.isEmpty()) {
                message.put("tool_calls", calls(fields, calls));
            }
        }
        if (role.equals("tool")) {
            message.put("tool_call_id", fields.neededText("tool_call_id"));
        }
        fields.refuseOthers();
        return message;
    }

    private static String content(Fields fields, String role) {
        JsonNode content = fields.node("content");
        if (content == null) {
            if (role.equals("assistant")) {
                return "";
            }
            throw ApiException.invalid(
                    fields.path("content"), "Missing required parameter: '" + fields.path("content") + "'.");
        }
        if (content.isString()) {
            return content.asString();
        }
        if (!content.isArray()) {
            throw fields.wrong("content", "must be a string or an array of parts");
        }
        StringBuilder text = new StringBuilder();
        int index = 0;
        for (JsonNode node : content) {
            String path = fields.path("content") + "[" + index++ + "]";
            if (!(node instanceof ObjectNode object)) {
                throw ApiException.invalid(path, "Invalid value for '" + path + "': it must be an object.");
            }
            Fields part = new Fields(object, path);
            String type = part.neededText("type");
            if (!type.equals("text")) {
                throw ApiException.invalid(
                        part.path("type"),
                        "unsupported_value",
                        "The model reads text only, but a part is of type '" + type + "'.");
            }
            text.append(part.neededText("text"));
            part.refuseOthers();
        }
        return text.toString();
    }

    /** The calls with their arguments as objects, which templates take; the API writes them as JSON in a string. */
    private static List<Object> calls(Fields fields, JsonNode calls) {
        if (!calls.isArray()) {
            throw fields.wrong("tool_calls", "must be an array of calls");
        }
        List<Object> all = new ArrayList<>();
        for (JsonNode node : calls) {
            String path = fields.path("tool_calls") + "[" + all.size() + "]";
            if (!(node instanceof ObjectNode object)) {
                throw ApiException.invalid(path, "Invalid value for '" + path + "': it must be an object.");
            }
            Fields call = new Fields(object, path);
            Map<String, @Nullable Object> read = new LinkedHashMap<>();
            call.text("id").ifPresent(id -> read.put("id", id));
            call.only("type", "there are calls of functions only", "\"function\"");
            read.put("type", "function");
            Fields function = call.fields("function")
                    .orElseThrow(() -> ApiException.invalid(
                            path + ".function", "Missing required parameter: '" + path + ".function'."));
            read.put("function", function(function));
            call.refuseOthers();
            all.add(read);
        }
        return all;
    }

    private static Map<String, @Nullable Object> function(Fields function) {
        Map<String, @Nullable Object> read = new LinkedHashMap<>();
        read.put("name", function.neededText("name"));
        String arguments = function.text("arguments").orElse("{}");
        JsonNode parsed;
        try {
            parsed = JSON.readTree(arguments);
        } catch (JacksonException malformed) {
            throw function.wrong("arguments", "must be a JSON object in a string");
        }
        if (!parsed.isObject()) {
            throw function.wrong("arguments", "must be a JSON object in a string");
        }
        read.put("arguments", plain(parsed));
        function.refuseOthers();
        return read;
    }

    /** A JSON value as templates take it. */
    static @Nullable Object plain(JsonNode node) {
        return JSON.convertValue(node, Object.class);
    }
}
