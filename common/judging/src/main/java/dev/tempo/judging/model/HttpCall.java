package dev.tempo.judging.model;

import dev.tempo.judging.CappedBody;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A client that sends a POST to {@code <base-url>/chat/completions}, without repeating it. Thread-safe. */
final class HttpCall {
    private static final int LONGEST_BODY = 1 << 20;
    private static final int SHOWN = 300;

    private final HttpClient client;
    private final URI address;
    private final Duration timeout;
    private final @Nullable String key;
    private final InstantSource clock;

    /**
     * A client for one endpoint.
     *
     * @param key sent as bearer token and shown nowhere; null for none
     */
    HttpCall(ModelSettings settings, @Nullable String key, InstantSource clock) {
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(settings.connectTimeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        String base = settings.baseUrl().toString();
        this.address = URI.create((base.endsWith("/") ? base : base + "/") + "chat/completions");
        this.timeout = settings.timeout();
        this.key = key;
        this.clock = clock;
    }

    /**
     * The body of a reply with status 200.
     *
     * @throws CallFailedException for every other reply, and where there is none
     */
    byte[] send(byte[] body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(timeout)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (key != null) {
            request.header("Authorization", "Bearer " + key);
        }
        HttpResponse<byte[]> response = answer(request.build());
        if (response.statusCode() == 200) {
            return response.body();
        }
        throw new CallFailedException(kind(response.statusCode()), shown(response), retryAfter(response), null);
    }

    /** The request's own time-out ends with the headers; this one covers the body too. */
    private HttpResponse<byte[]> answer(HttpRequest request) {
        CompletableFuture<HttpResponse<byte[]>> response =
                client.sendAsync(request, headers -> new CappedBody(LONGEST_BODY));
        try {
            return response.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException slow) {
            response.cancel(true);
            throw broken("no reply within " + timeout.toMillis() + " ms", slow);
        } catch (ExecutionException failure) {
            Throwable cause = failure.getCause() instanceof IOException io ? io : failure;
            String said = cause.getMessage();
            throw broken(cause.getClass().getSimpleName() + (said == null ? "" : ": " + said), cause);
        } catch (InterruptedException stopped) {
            response.cancel(true);
            Thread.currentThread().interrupt();
            throw broken("this service is stopping", stopped);
        }
    }

    private CallFailedException broken(String reason, Throwable cause) {
        return new CallFailedException(CallFailedException.Kind.BROKEN, address + ": " + reason, null, cause);
    }

    private static CallFailedException.Kind kind(int status) {
        return switch (status) {
            case 429 -> CallFailedException.Kind.BUSY;
            case 400, 413, 415, 422 -> CallFailedException.Kind.REFUSED;
            case 408, 425 -> CallFailedException.Kind.BROKEN;
            default -> status >= 500 ? CallFailedException.Kind.BROKEN : CallFailedException.Kind.DENIED;
        };
    }

    private String shown(HttpResponse<byte[]> response) {
        String body = new String(response.body(), StandardCharsets.UTF_8).strip();
        String hidden = key == null ? body : body.replace(key, "(the key)");
        return address + " answers " + response.statusCode() + ": "
                + hidden.substring(0, Math.min(SHOWN, hidden.length()));
    }

    private @Nullable Duration retryAfter(HttpResponse<?> response) {
        String header = response.headers().firstValue("Retry-After").orElse("").strip();
        if (header.matches("\\d{1,9}(\\.\\d{1,9})?")) {
            return Duration.ofMillis((long) Math.ceil(Double.parseDouble(header) * 1_000));
        }
        try {
            Instant until = ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ROOT))
                    .toInstant();
            Duration pause = Duration.between(clock.instant(), until);
            return pause.isNegative() ? Duration.ZERO : pause;
        } catch (DateTimeParseException none) {
            return null;
        }
    }
}
