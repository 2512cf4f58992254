package dev.tempo.serving.openai;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A refusal, as OpenAI's API words it: an HTTP status and an error object of message, type, param and code. */
public final class ApiException extends RuntimeException {
    private final int status;
    private final String type;
    private final @Nullable String param;
    private final @Nullable String code;
    private final int retryAfterSeconds;

    private ApiException(
            int status,
            String type,
            String message,
            @Nullable String param,
            @Nullable String code,
            int retryAfterSeconds) {
        super(message);
        this.status = status;
        this.type = type;
        this.param = param;
        this.code = code;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    /** The refusal of a field of the request. */
    public static ApiException invalid(@Nullable String param, String message) {
        return invalid(param, null, message);
    }

    /** The refusal of a field of the request, with a code that programs know. */
    public static ApiException invalid(@Nullable String param, @Nullable String code, String message) {
        return of(400, message, param, code);
    }

    /** A refusal of the request by its status. */
    public static ApiException of(int status, String message, @Nullable String param, @Nullable String code) {
        return new ApiException(status, "invalid_request_error", message, param, code, 0);
    }

    /** The refusal of one request too many; it may be sent again after a while. */
    public static ApiException tooMany(String message, int retryAfterSeconds) {
        return new ApiException(429, "requests", message, null, "rate_limit_exceeded", retryAfterSeconds);
    }

    /** A failure of the server, after which the request may be sent again. */
    public static ApiException ofServer(int status, String message) {
        return new ApiException(status, "server_error", message, null, null, status == 503 ? 1 : 0);
    }

    public int status() {
        return status;
    }

    /** Seconds after which to try again; 0 where that would not help. */
    public int retryAfterSeconds() {
        return retryAfterSeconds;
    }

    /** The error object. */
    public ObjectNode body() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("error")
                .put("message", getMessage())
                .put("type", type)
                .put("param", param)
                .put("code", code);
        return body;
    }
}
