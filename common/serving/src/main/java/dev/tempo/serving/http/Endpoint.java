package dev.tempo.serving.http;

import dev.tempo.model.inference.TaskTooLargeException;
import dev.tempo.serving.ServingSettings;
import dev.tempo.serving.learning.ChatQuestions;
import dev.tempo.serving.learning.LearningWish;
import dev.tempo.serving.openai.ApiException;
import dev.tempo.serving.version.NoSuchVersionException;
import dev.tempo.serving.version.NotYetServedException;
import dev.tempo.serving.version.ServedVersion;
import dev.tempo.serving.version.UnusableVersionException;
import dev.tempo.serving.version.VersionCatalog;
import dev.tempo.serving.version.VersionDesk;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What all connections share.
 *
 * @param preparing where prompts are made: neither where connections are read nor where tokens are computed
 * @param page of metrics; null where another server shows them
 * @param learning the way of chats' questions to a run that learns; null where none may
 */
record Endpoint(
        ServingSettings settings,
        VersionCatalog catalog,
        VersionDesk desk,
        ApiKeys keys,
        CallerLimits limits,
        ServingMeters meters,
        Executor preparing,
        @Nullable Supplier<String> page,
        @Nullable ChatQuestions learning) {
    private static final Logger LOG = LoggerFactory.getLogger(Endpoint.class);

    /** Refuses a request, or ends the answer to it, and counts that. */
    void refuse(HttpReply reply, Throwable failure) {
        ApiException refusal = refusal(failure);
        meters.refused(refusal);
        reply.refuse(refusal);
    }

    /**
     * Hands a chat's question on, if a run awaits some, and says in the reply's head under which id. It is no other id of the request, which
     * stands in logs: who has it can delete the question.
     */
    void learn(HttpReply reply, ServedVersion version, String question, LearningWish wish) {
        if (learning != null && catalog.learns(version)) {
            learning.hand(HttpReply.newId(), question, wish).ifPresent(reply::handedOn);
        }
    }

    /** What whoever watches over this server is told, without a key: no reasons, which name files. */
    ObjectNode health() {
        ObjectNode health = JsonNodeFactory.instance.objectNode().put("status", "ok");
        desk.answering().map(ServedVersion::id).ifPresent(version -> health.put("version", version));
        ArrayNode refused = health.putArray("refused");
        desk.refused().keySet().forEach(refused::add);
        if (learning != null) {
            ObjectNode questions = health.putObject("questions");
            learning.counts().forEach(questions::put);
            questions.put("reached", learning.problem().isEmpty());
        }
        return health;
    }

    /** @throws ApiException if this server shows no metrics */
    String metricsPage() {
        if (page == null) {
            throw ApiException.of(404, "Unknown request URL: GET /metrics.", null, "unknown_url");
        }
        return page.get();
    }

    /** What a client is told of a failure. Of one that is ours the log says where, and nothing of anybody's text. */
    private static ApiException refusal(Throwable failure) {
        Throwable reason =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (reason instanceof ApiException refusal) {
            return refusal;
        }
        String message = String.valueOf(reason.getMessage());
        if (reason instanceof NoSuchVersionException) {
            return ApiException.of(404, message, "model", "model_not_found");
        }
        if (reason instanceof NotYetServedException || reason instanceof UnusableVersionException) {
            return ApiException.ofServer(503, message);
        }
        if (reason instanceof TaskTooLargeException) {
            return ApiException.invalid("max_tokens", "context_length_exceeded", message);
        }
        StackTraceElement[] trace = reason.getStackTrace();
        LOG.atError()
                .addKeyValue("failure", reason.getClass().getName())
                .addKeyValue("where", trace.length == 0 ? "unknown" : trace[0].toString())
                .log("a request failed for a reason of ours");
        return reason instanceof IllegalStateException
                ? ApiException.ofServer(503, "The answer was given up; send the request again.")
                : ApiException.ofServer(500, "The server had an error while processing your request.");
    }
}
