package dev.tempo.judging.plugin;

import dev.tempo.plugin.Judge;
import dev.tempo.plugin.Outcome;
import dev.tempo.plugin.Verdict;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The reply of an endpoint: one JSON object with {@code outcome} ({@code correct}, {@code wrong} or {@code undecided})
 * and, where it gives them, the texts {@code answer} and {@code reason}. Anything else decides nothing.
 */
final class EndpointReply {
    /** Without a table of names: it would keep what strangers call things, and copy itself as it grows. */
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private EndpointReply() {}

    static Verdict verdict(Judge judge, String body) {
        JsonNode reply;
        try {
            reply = JSON.readTree(body);
        } catch (JacksonException malformed) {
            return undecided(judge, "the reply is not JSON: " + malformed.getOriginalMessage(), body);
        }
        if (!reply.isObject()) {
            return undecided(judge, "the reply should be a JSON object with 'outcome'", body);
        }
        for (String field : new String[] {"answer", "reason"}) {
            JsonNode text = reply.path(field);
            if (!text.isMissingNode() && !text.isNull() && !text.isString()) {
                return undecided(judge, "the reply's '" + field + "' should be a text but is " + text, body);
            }
        }
        String reason = reply.path("reason").asString("no reason given");
        String outcome =
                reply.path("outcome").isString() ? reply.path("outcome").asString() : "";
        return switch (outcome) {
            case "correct" -> verdict(judge, Outcome.CORRECT, 1.0, answer(reply), reason, body);
            case "wrong" -> verdict(judge, Outcome.WRONG, 0.0, answer(reply), reason, body);
            case "undecided" -> undecided(judge, reason, body);
            default ->
                undecided(
                        judge,
                        "the reply's 'outcome' should be correct, wrong or undecided but is " + reply.path("outcome"),
                        body);
        };
    }

    private static @Nullable String answer(JsonNode reply) {
        String answer = reply.path("answer").asString("");
        return answer.isBlank() ? null : answer;
    }

    private static Verdict undecided(Judge judge, String reason, String body) {
        return verdict(judge, Outcome.UNDECIDED, null, null, reason, body);
    }

    private static Verdict verdict(
            Judge judge,
            Outcome outcome,
            @Nullable Double reward,
            @Nullable String answer,
            String reason,
            String body) {
        return new Verdict(outcome, reward, answer, null, judge.name(), judge.version(), "endpoint", reason, body, 0.0);
    }
}
