package dev.tempo.serving.http;

import dev.tempo.chat.ChatTemplateException;
import dev.tempo.model.ModelFormatException;
import dev.tempo.model.inference.TaskTooLargeException;
import dev.tempo.serving.ServingSettings;
import dev.tempo.serving.openai.ApiException;
import dev.tempo.serving.version.NoSuchVersionException;
import dev.tempo.serving.version.VersionCatalog;
import dev.tempo.serving.version.VersionDesk;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all connections share.
 *
 * @param preparing where prompts are made: neither where connections are read nor where tokens are computed
 */
record Endpoint(
        ServingSettings settings,
        VersionCatalog catalog,
        VersionDesk desk,
        ApiKeys keys,
        CallerLimits limits,
        Executor preparing) {
    private static final Logger LOG = LoggerFactory.getLogger(Endpoint.class);

    /** What a client is told of a failure. Of one that is ours the log says where, and nothing of anybody's text. */
    static ApiException refusal(Throwable failure) {
        Throwable reason =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (reason instanceof ApiException refusal) {
            return refusal;
        }
        String message = String.valueOf(reason.getMessage());
        if (reason instanceof NoSuchVersionException) {
            return ApiException.of(404, message, "model", "model_not_found");
        }
        if (reason instanceof TaskTooLargeException) {
            return ApiException.invalid("max_tokens", "context_length_exceeded", message);
        }
        if (reason instanceof ModelFormatException || reason instanceof ChatTemplateException) {
            return ApiException.ofServer(503, "The version cannot be loaded: " + message);
        }
        if (reason instanceof IllegalStateException) {
            return ApiException.ofServer(503, "The answer was given up; send the request again.");
        }
        StackTraceElement[] trace = reason.getStackTrace();
        LOG.atError()
                .addKeyValue("failure", reason.getClass().getName())
                .addKeyValue("where", trace.length == 0 ? "unknown" : trace[0].toString())
                .log("a request failed for a reason of ours");
        return ApiException.ofServer(500, "The server had an error while processing your request.");
    }
}
