package dev.tempo.judging.model;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The reply of an endpoint.
 *
 * @param claimHolds whether the model confirmed the claim; null where it said nothing, or not in the one form that
 *     counts
 * @param raw the final content, or the whole body where there is none; capped
 * @param inputTokens of the request as the endpoint counted them, 0 where it does not say
 * @param outputTokens of the reply, thinking included
 */
record Reply(@Nullable Boolean claimHolds, String raw, long inputTokens, long outputTokens) {
    private static final int LONGEST_RAW = 2_000;
    /** Without a table of names: it would keep what strangers call things, and copy itself as it grows. */
    private static final JsonMapper STRICT = JsonMapper.builder(JsonFactory.builder()
                    .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** The reply that a body holds; only the final content can hold a verdict, never a field for thoughts. */
    static Reply of(byte[] body) {
        JsonNode envelope = tree(new String(body, StandardCharsets.UTF_8));
        JsonNode choice = envelope == null ? null : envelope.path("choices").path(0);
        if (envelope == null || choice == null || !choice.path("message").isObject()) {
            return new Reply(null, capped(new String(body, StandardCharsets.UTF_8)), 0, 0);
        }
        JsonNode content = choice.path("message").path("content");
        String text = content.isString() ? content.asString() : "";
        boolean cut = choice.path("finish_reason").asString("").equals("length");
        JsonNode usage = envelope.path("usage");
        return new Reply(
                cut ? null : claimHolds(text),
                text.isBlank() ? "(no content) " + capped(choice.toString()) : capped(text),
                Math.max(0, usage.path("prompt_tokens").asLong(0)),
                Math.max(0, usage.path("completion_tokens").asLong(0)));
    }

    private static @Nullable Boolean claimHolds(String content) {
        JsonNode object = tree(content);
        if (object == null || !object.isObject() || object.size() != 1) {
            return null;
        }
        JsonNode verdict = object.path("verdict");
        return switch (verdict.isString() ? verdict.asString() : "") {
            case "correct" -> true;
            case "incorrect" -> false;
            default -> null;
        };
    }

    private static @Nullable JsonNode tree(String text) {
        try {
            return STRICT.readTree(text);
        } catch (JacksonException malformed) {
            return null;
        }
    }

    private static String capped(String text) {
        return text.length() <= LONGEST_RAW ? text : text.substring(0, LONGEST_RAW) + "...";
    }
}
