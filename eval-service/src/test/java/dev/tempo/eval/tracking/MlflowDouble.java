package dev.tempo.eval.tracking;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An HTTP server that keeps experiments and runs as MLflow's REST API documents it, with its limits, and that has mishaps when it is told to.
 * Unlike MLflow it keeps a number twice that is sent twice.
 */
final class MlflowDouble implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String ROOT = "/api/2.0/mlflow/";

    /** What may happen to a request. */
    enum Mishap {
        NONE,
        BROKEN,
        DENIED,
        GARBAGE,
        /** It is done, and no answer comes. */
        UNANSWERED,
        SLOW
    }

    /** A run as it is there. */
    static final class Kept {
        String status = "RUNNING";
        final Map<String, String> tags = new TreeMap<>();
        final Map<String, String> parameters = new TreeMap<>();
        final List<String> metrics = new ArrayList<>();
    }

    final Map<String, Kept> runs = new TreeMap<>();
    final Map<String, String> experiments = new TreeMap<>();
    final List<String> authorizations = new ArrayList<>();
    final List<String> statuses = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private volatile Mishap mishap = Mishap.NONE;
    private volatile String mishapOf = "";
    private volatile int mishaps;

    MlflowDouble() throws IOException {
        this(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    }

    MlflowDouble(HttpServer server) {
        this.server = server;
        server.setExecutor(threads);
        server.createContext(ROOT, this::answer);
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + port());
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** From now on this happens to requests whose path begins so. */
    void has(Mishap next, String path) {
        mishapOf = path;
        mishap = next;
    }

    int mishaps() {
        return mishaps;
    }

    synchronized Kept only() {
        if (runs.size() != 1) {
            throw new AssertionError("there are " + runs.size() + " runs");
        }
        return runs.values().iterator().next();
    }

    /** What of the one run's numbers has a name, each with its step. */
    synchronized List<String> metrics(String name) {
        return only().metrics.stream()
                .filter(metric -> metric.startsWith(name + " "))
                .toList();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().substring(ROOT.length());
        byte[] body = exchange.getRequestBody().readAllBytes();
        synchronized (this) {
            authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        }
        Mishap now = path.startsWith(mishapOf) ? mishap : Mishap.NONE;
        if (now != Mishap.NONE) {
            mishaps++;
        }
        switch (now) {
            case NONE -> send(exchange, 200, done(path, JSON.readTree(body)));
            case BROKEN -> send(exchange, 500, "{\"error_code\":\"INTERNAL_ERROR\",\"message\":\"out of order\"}");
            case DENIED ->
                send(
                        exchange,
                        401,
                        "you are not let in with "
                                + exchange.getRequestHeaders().getFirst("Authorization"));
            case GARBAGE -> send(exchange, 200, "<html>a proxy</html>");
            case UNANSWERED -> {
                done(path, JSON.readTree(body));
                mishap = Mishap.NONE;
                exchange.close();
            }
            case SLOW -> {
                try {
                    Thread.sleep(60_000);
                } catch (InterruptedException closed) {
                    exchange.close();
                }
            }
        }
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(text.startsWith("!") ? 400 : status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private synchronized String done(String path, JsonNode body) {
        return switch (path) {
            case "experiments/search" -> {
                String name = quoted(body.path("filter").asString());
                yield experiments.containsKey(name)
                        ? "{\"experiments\":[{\"experiment_id\":\"%s\"}]}".formatted(experiments.get(name))
                        : "{}";
            }
            case "experiments/create" -> {
                experiments.put(body.path("name").asString(), String.valueOf(experiments.size() + 1));
                yield "{\"experiment_id\":\"%d\"}".formatted(experiments.size());
            }
            case "runs/search" ->
                runs.entrySet().stream()
                        .filter(run -> quoted(body.path("filter").asString())
                                .equals(run.getValue().tags.get("tempo.run")))
                        .findFirst()
                        .map(run -> JSON.writeValueAsString(Map.of(
                                "runs",
                                List.of(Map.of(
                                        "info",
                                        Map.of("run_id", run.getKey(), "status", run.getValue().status),
                                        "data",
                                        Map.of("tags", pairs(run.getValue().tags)))))))
                        .orElse("{}");
            case "runs/create" -> {
                Kept run = new Kept();
                keep(body.path("tags"), run.tags);
                String id = "id" + runs.size();
                runs.put(id, run);
                yield "{\"run\":{\"info\":{\"run_id\":\"%s\"}}}".formatted(id);
            }
            case "runs/log-batch" -> logged(body);
            case "runs/update" -> {
                only().status = body.path("status").asString();
                statuses.add(only().status);
                yield "{\"run_info\":{}}";
            }
            default -> throw new IllegalArgumentException(path);
        };
    }

    private String logged(JsonNode body) {
        int metrics = body.path("metrics").size();
        int parameters = body.path("params").size();
        if (metrics > 1000
                || parameters > 100
                || metrics + parameters + body.path("tags").size() > 1000) {
            return "!{\"error_code\":\"INVALID_PARAMETER_VALUE\",\"message\":\"too many\"}";
        }
        Kept run = Objects.requireNonNull(runs.get(body.path("run_id").asString()));
        for (JsonNode metric : body.path("metrics")) {
            String key = metric.path("key").asString();
            if (!key.matches("[/\\w.\\- ]+")) {
                return "!{\"error_code\":\"INVALID_PARAMETER_VALUE\",\"message\":\"Invalid metric name\"}";
            }
            run.metrics.add(key + " " + metric.path("step").asInt() + " "
                    + metric.path("timestamp").asLong());
        }
        keep(body.path("params"), run.parameters);
        keep(body.path("tags"), run.tags);
        return "{}";
    }

    private static void keep(JsonNode pairs, Map<String, String> kept) {
        pairs.forEach(
                pair -> kept.put(pair.path("key").asString(), pair.path("value").asString()));
    }

    private static List<Map<String, String>> pairs(Map<String, String> kept) {
        return kept.entrySet().stream()
                .map(pair -> Map.of("key", pair.getKey(), "value", pair.getValue()))
                .toList();
    }

    private static String quoted(String filter) {
        return filter.substring(filter.indexOf('\'') + 1, filter.lastIndexOf('\''));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
