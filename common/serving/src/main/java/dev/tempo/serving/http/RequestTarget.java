package dev.tempo.serving.http;

import dev.tempo.serving.openai.ApiException;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.QueryStringDecoder;

/**
 * What a request is addressed to.
 *
 * @param kind of it
 * @param name of the model or question, where it is one; else empty
 */
record RequestTarget(Kind kind, String name) {
    private static final String MODELS = "/v1/models";
    private static final String QUESTIONS = "/v1/questions/";

    enum Kind {
        HEALTH,
        METRICS,
        MODELS,
        MODEL,
        CHAT,
        COMPLETION,
        QUESTION
    }

    /** @throws ApiException if there is nothing at this path */
    static RequestTarget of(HttpRequest request) {
        String path = path(request.uri());
        return switch (path) {
            case "/health" -> new RequestTarget(Kind.HEALTH, "");
            case "/metrics" -> new RequestTarget(Kind.METRICS, "");
            case MODELS -> new RequestTarget(Kind.MODELS, "");
            case "/v1/chat/completions" -> new RequestTarget(Kind.CHAT, "");
            case "/v1/completions" -> new RequestTarget(Kind.COMPLETION, "");
            default -> {
                if (path.startsWith(QUESTIONS)) {
                    yield new RequestTarget(Kind.QUESTION, path.substring(QUESTIONS.length()));
                }
                if (!path.startsWith(MODELS + "/")) {
                    throw ApiException.of(
                            404, "Unknown request URL: " + request.method() + " " + path + ".", null, "unknown_url");
                }
                yield new RequestTarget(Kind.MODEL, path.substring(MODELS.length() + 1));
            }
        };
    }

    private static String path(String uri) {
        try {
            return new QueryStringDecoder(uri).path();
        } catch (IllegalArgumentException malformed) {
            throw ApiException.invalid(null, "The path of the request is malformed.");
        }
    }

    /** Whether this asks for answers. */
    boolean isAsking() {
        return kind == Kind.CHAT || kind == Kind.COMPLETION;
    }

    HttpMethod method() {
        return kind == Kind.QUESTION ? HttpMethod.DELETE : isAsking() ? HttpMethod.POST : HttpMethod.GET;
    }
}
