package dev.tempo.eval.tracking;

import dev.tempo.judging.CappedBody;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An MLflow server as its REST API shows it. What it presents by https has to be valid; nothing is followed elsewhere. */
final class MlflowServer {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration CONNECTED_WITHIN = Duration.ofSeconds(5);
    private static final int LONGEST_ANSWER = 4 << 20;
    private static final int SHOWN = 200;
    private static final int OK = 200;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECTED_WITHIN)
            .build();
    private final MlflowAccess access;
    private final Duration patience;

    /** @param patience with one answer */
    MlflowServer(MlflowAccess access, Duration patience) {
        this.access = access;
        this.patience = patience;
    }

    URI address() {
        return access.address();
    }

    /** The id of the experiment of a name, which is made where there is none. */
    String experiment(String name) throws MlflowException, InterruptedException {
        JsonNode found = answer(
                "experiments/search",
                Map.of("max_results", 1, "filter", "name = " + quoted(name), "view_type", "ACTIVE_ONLY"));
        String id = found.path("experiments").path(0).path("experiment_id").asString("");
        if (!id.isEmpty()) {
            return id;
        }
        try {
            return text(answer("experiments/create", Map.of("name", name)), "experiment_id");
        } catch (MlflowException there) {
            throw there.is("RESOURCE_ALREADY_EXISTS")
                    ? new MlflowException(access + ": the experiment '" + name + "' is deleted there", "")
                    : there;
        }
    }

    /**
     * A run that is there.
     *
     * @param status in MLflow's words
     * @param tags by their keys
     */
    record Found(String id, String status, Map<String, String> tags) {}

    /** The run that has a tag; null where none has. */
    @Nullable
    Found find(String experiment, String tag, String value) throws MlflowException, InterruptedException {
        JsonNode run = answer(
                        "runs/search",
                        Map.of(
                                "experiment_ids",
                                List.of(experiment),
                                "filter",
                                "tags.`" + tag + "` = " + quoted(value),
                                "max_results",
                                1))
                .path("runs")
                .path(0);
        return found(run);
    }

    /** The run that a part of an answer describes; null where it describes none. */
    static @Nullable Found found(JsonNode run) {
        String id = run.path("info").path("run_id").asString("");
        if (id.isEmpty()) {
            return null;
        }
        Map<String, String> tags = new TreeMap<>();
        run.path("data")
                .path("tags")
                .forEach(one ->
                        tags.put(one.path("key").asString(""), one.path("value").asString("")));
        return new Found(id, run.path("info").path("status").asString(""), tags);
    }

    /** The id of a new run. */
    String create(String experiment, String name, long startMillis, List<Map<String, Object>> tags)
            throws MlflowException, InterruptedException {
        JsonNode answer = answer(
                "runs/create",
                Map.of("experiment_id", experiment, "run_name", name, "start_time", startMillis, "tags", tags));
        return text(answer.path("run").path("info"), "run_id");
    }

    /** Numbers, parameters and tags of a run; written in this order, so that a tag says that what came with it is there. */
    void log(
            String run,
            List<Map<String, Object>> metrics,
            List<Map<String, Object>> parameters,
            List<Map<String, Object>> tags)
            throws MlflowException, InterruptedException {
        answer("runs/log-batch", Map.of("run_id", run, "metrics", metrics, "params", parameters, "tags", tags));
    }

    void update(String run, String status, @Nullable Long endMillis) throws MlflowException, InterruptedException {
        Map<String, Object> body = new TreeMap<>(Map.of("run_id", run, "status", status));
        if (endMillis != null) {
            body.put("end_time", endMillis);
        }
        answer("runs/update", body);
    }

    private String text(JsonNode answer, String field) throws MlflowException {
        String text = answer.path(field).asString("");
        if (text.isEmpty()) {
            throw new MlflowException(access + " answers without " + field, "");
        }
        return text;
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "\\'") + "'";
    }

    private JsonNode answer(String path, Map<String, Object> body) throws MlflowException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(access.of(path))
                .headers(access.headers().toArray(String[]::new))
                .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
                .build();
        CompletableFuture<HttpResponse<byte[]>> asked =
                client.sendAsync(request, headers -> new CappedBody(LONGEST_ANSWER));
        try {
            HttpResponse<byte[]> response = asked.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return content(response.statusCode(), response.body());
        } catch (TimeoutException slow) {
            throw new MlflowException(access + " does not answer within " + patience.toSeconds() + " s", "");
        } catch (ExecutionException unreachable) {
            throw new MlflowException(access + ": " + reason(unreachable.getCause()), "");
        } finally {
            asked.cancel(true);
        }
    }

    /** The object that an answer holds. */
    JsonNode content(int status, byte[] body) throws MlflowException {
        String text = new String(body, StandardCharsets.UTF_8);
        JsonNode content = null;
        try {
            content = JSON.readTree(text);
        } catch (JacksonException garbage) {
            // said below
        }
        if (status == OK && content != null && content.isObject()) {
            return content;
        }
        String code = content == null ? "" : content.path("error_code").asString("");
        String said = content == null ? text : content.path("message").asString(text);
        String start = access.withoutSecrets(said).replaceAll("\\s+", " ").strip();
        throw new MlflowException(
                access + " answers " + status
                        + (status == OK ? " and no JSON object" : "") + ": "
                        + start.substring(0, Math.min(SHOWN, start.length())),
                code);
    }

    private static String reason(@Nullable Throwable cause) {
        if (cause instanceof ConnectException) {
            return "nobody answers there";
        }
        if (cause instanceof SSLException) {
            return "its certificate is not valid here (" + cause.getMessage() + ")";
        }
        String said = cause instanceof IOException ? cause.getMessage() : null;
        return said == null ? String.valueOf(cause) : said;
    }
}
