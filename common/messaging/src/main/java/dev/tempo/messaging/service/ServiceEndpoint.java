package dev.tempo.messaging.service;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The HTTP endpoint of a service, as others ask it for a second at most. Thread-safe. */
public final class ServiceEndpoint {
    private static final String HEALTH = "/actuator/health";
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    private final URI root;

    /** @param root like {@code http://127.0.0.1:8081} */
    public ServiceEndpoint(URI root) {
        this.root = root;
    }

    /** The body of an answer of whatever status; empty where none comes in time. */
    public Optional<String> get(String path) {
        try {
            return Optional.of(CLIENT.send(request(path), HttpResponse.BodyHandlers.ofString())
                    .body());
        } catch (IOException unreachable) {
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** The service's health; empty where it does not answer in time. */
    public Optional<HealthAnswer> health() {
        return get(HEALTH).map(HealthAnswer::of);
    }

    /** The same for one who asks several services at once. */
    public CompletableFuture<Optional<HealthAnswer>> healthSoon() {
        return CLIENT.sendAsync(request(HEALTH), HttpResponse.BodyHandlers.ofString())
                .orTimeout(2 * PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .handle((answer, failure) ->
                        Optional.ofNullable(answer).map(HttpResponse::body).map(HealthAnswer::of));
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(root.resolve(path)).timeout(PATIENCE).build();
    }
}
