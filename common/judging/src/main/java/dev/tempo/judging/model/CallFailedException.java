package dev.tempo.judging.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One request that got no reply to read. */
final class CallFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** What went wrong, by what it says about the endpoint. */
    enum Kind {
        /** It works and asks for patience (429). */
        BUSY,
        /** It is broken or cannot be reached. */
        BROKEN,
        /** It does not want this client: key, address or model are wrong. */
        DENIED,
        /** It does not want this request, and would not want it later. */
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
