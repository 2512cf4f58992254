package dev.tempo.judging.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The failure of a request that got no reply to read. */
final class CallFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** The kind of a failure, by what it says about the endpoint. */
    enum Kind {
        /** The endpoint works and asks for patience (429). */
        BUSY,
        /** The endpoint is broken or cannot be reached. */
        BROKEN,
        /** The endpoint does not want this client: key, address or model are wrong. */
        DENIED,
        /** The endpoint does not want this request, and would not want it later. */
        REFUSED
    }

    private final Kind kind;
    private final @Nullable Duration retryAfter;

    CallFailedException(Kind kind, String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
        super(message, cause, false, false);
        this.kind = kind;
        this.retryAfter = retryAfter;
    }

    Kind kind() {
        return kind;
    }

    /** The pause that the server asked for; null where it named none. */
    @Nullable
    Duration retryAfter() {
        return retryAfter;
    }
}
