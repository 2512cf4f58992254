package dev.tempo.judging.plugin;

import dev.tempo.judging.CappedBody;
import dev.tempo.judging.JudgeProperties.Endpoint;
import dev.tempo.plugin.Judge;
import dev.tempo.plugin.JudgeUnavailableException;
import dev.tempo.plugin.Verdict;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A judge behind HTTP: one POST for each response. Where the endpoint cannot be asked at present, it is asked again
 * later; a reply against the rules leaves the response undecided and is quoted. Thread-safe.
 */
public final class EndpointJudge implements Judge {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int LONGEST_REPLY = 64 << 10;
    private static final int SHOWN = 300;
    private static final String STAGE = "endpoint";

    private final String name;
    private final Endpoint endpoint;
    private final HttpClient client;

    /**
     * The judge of a name behind an endpoint.
     *
     * @throws IllegalArgumentException if the address is not one of HTTP
     */
    public EndpointJudge(String name, Endpoint endpoint) {
        String scheme = String.valueOf(endpoint.url().getScheme());
        if (!(scheme.equals("http") || scheme.equals("https")) || endpoint.url().getHost() == null) {
            throw new IllegalArgumentException("tempo.judge.endpoints." + name
                    + ".url must be an http(s) address with a host but is " + endpoint.url());
        }
        if (endpoint.timeout().compareTo(Duration.ofMillis(1)) < 0) {
            throw new IllegalArgumentException(
                    "tempo.judge.endpoints." + name + ".timeout must be at least 1 ms but is " + endpoint.timeout());
        }
        this.name = name;
        this.endpoint = endpoint;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(endpoint.timeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String version() {
        return endpoint.version();
    }

    /**
     * {@inheritDoc}
     *
     * @throws JudgeUnavailableException if the endpoint cannot be asked at present
     */
    @Override
    public Verdict judge(String question, String reference, String response, boolean ended) {
        Map<String, Object> asked = new LinkedHashMap<>();
        asked.put("question", question);
        asked.put("reference", reference);
        asked.put("response", response);
        asked.put("ended", ended);
        HttpResponse<byte[]> reply = post(JSON.writeValueAsBytes(asked));
        String body = new String(reply.body(), StandardCharsets.UTF_8);
        int status = reply.statusCode();
        if (status == 408 || status == 429 || status >= 500) {
            throw new JudgeUnavailableException(this, endpoint.url() + " answers " + status + ": " + shown(body), null);
        }
        if (status != 200) {
            return undecided(STAGE, endpoint.url() + " answers " + status + " in place of 200: " + shown(body));
        }
        return EndpointReply.verdict(this, body);
    }

    /** A request's own time-out would end with the headers; waiting for the whole reply covers the body too. */
    private HttpResponse<byte[]> post(byte[] body) {
        HttpRequest request = HttpRequest.newBuilder(endpoint.url())
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        CompletableFuture<HttpResponse<byte[]>> reply =
                client.sendAsync(request, headers -> new CappedBody(LONGEST_REPLY));
        try {
            return reply.get(endpoint.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException slow) {
            reply.cancel(true);
            throw unavailable("no reply within " + endpoint.timeout().toMillis() + " ms", slow);
        } catch (ExecutionException failure) {
            Throwable cause = failure.getCause() instanceof IOException io ? io : failure;
            String said = cause.getMessage();
            throw unavailable(cause.getClass().getSimpleName() + (said == null ? "" : ": " + said), cause);
        } catch (InterruptedException stopped) {
            reply.cancel(true);
            Thread.currentThread().interrupt();
            throw unavailable("this service is stopping", stopped);
        }
    }

    private JudgeUnavailableException unavailable(String reason, Throwable cause) {
        return new JudgeUnavailableException(this, endpoint.url() + ": " + reason, cause);
    }

    private static String shown(String body) {
        String plain = body.strip();
        return plain.length() <= SHOWN ? plain : plain.substring(0, SHOWN) + "…";
    }
}
