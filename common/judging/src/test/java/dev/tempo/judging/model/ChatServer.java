package dev.tempo.judging.model;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real endpoint for chat completions that does whatever a test wants, good or bad. */
public final class ChatServer implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int KEPT = 100;
    /** The requests that have not been answered, each with the count that it is part of. */
    private static final Map<HttpExchange, AtomicInteger> UNANSWERED = new ConcurrentHashMap<>();

    static {
        // Without it the JDK's server waits 40 ms between the headers of a reply and its body.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final Queue<Long> arrivals = new ConcurrentLinkedQueue<>();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger mostInFlight = new AtomicInteger();
    private volatile Behaviour behaviour;

    /** Answers one request. */
    public interface Behaviour {
        void answer(HttpExchange exchange, Asked asked) throws IOException;
    }

    /**
     * A request as it came.
     *
     * @param data question, reference and answer, from between the delimiters
     * @param delimiter of this request
     */
    public record Asked(JsonNode body, String authorization, JsonNode data, String delimiter, long nanos) {
        public String user() {
            return body.path("messages").path(1).path("content").asString();
        }

        /** Whether the claim is that the answer is equivalent, rather than that it is not. */
        public boolean claimsEquivalence() {
            return user().lines()
                    .noneMatch(line -> line.equals("Claim: the candidate answer is not equivalent to the reference."));
        }

        public String answer() {
            return data.path("answer").asString();
        }

        public boolean isCanary() {
            return !data.path("question").asString().startsWith("Q");
        }
    }

    public ChatServer(Behaviour behaviour) {
        this(behaviour, 0);
    }

    /**
     * A server at a port.
     *
     * @param port 0 for any
     */
    public ChatServer(Behaviour behaviour, int port) {
        this.behaviour = behaviour;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 100);
        } catch (IOException taken) {
            throw new UncheckedIOException(taken);
        }
        server.setExecutor(threads);
        server.createContext("/v1/chat/completions", this::answer);
        server.start();
    }

    /** An honest model that finds answers right which equal the reference. */
    public static Behaviour honest() {
        return (exchange, asked) ->
                reply(exchange, verdict(asked, asked.answer().equals(reference(asked))));
    }

    static Behaviour content(String content) {
        return (exchange, asked) -> reply(exchange, content);
    }

    /** The word on the claim of a model that finds an answer right, or not. */
    static String verdict(Asked asked, boolean right) {
        return right == asked.claimsEquivalence() ? "{\"verdict\": \"correct\"}" : "{\"verdict\": \"incorrect\"}";
    }

    static String reference(Asked asked) {
        return asked.data().path("reference").asString();
    }

    static void reply(HttpExchange exchange, String content) throws IOException {
        send(exchange, 200, completion(Map.of("role", "assistant", "content", content), "stop"));
    }

    static String completion(Map<String, ?> message, String finish) {
        return JSON.writeValueAsString(Map.of(
                "choices",
                List.of(Map.of("index", 0, "message", message, "finish_reason", finish)),
                "usage",
                Map.of("prompt_tokens", 200, "completion_tokens", 10)));
    }

    static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        // Whoever has the answer may ask again before this thread goes on.
        leave(exchange);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static void leave(HttpExchange exchange) {
        AtomicInteger count = UNANSWERED.remove(exchange);
        if (count != null) {
            count.decrementAndGet();
        }
    }

    void behave(Behaviour other) {
        behaviour = other;
    }

    /** The first requests. */
    List<Asked> asked() {
        return asked;
    }

    public int calls() {
        return calls.get();
    }

    public int mostInFlight() {
        return mostInFlight.get();
    }

    /** The most requests that came within any stretch of time of that length. */
    public int mostWithin(Duration stretch) {
        long[] times = arrivals.stream().mapToLong(Long::longValue).sorted().toArray();
        int most = 0;
        int from = 0;
        for (int to = 0; to < times.length; to++) {
            while (times[to] - times[from] >= stretch.toNanos()) {
                from++;
            }
            most = Math.max(most, to - from + 1);
        }
        return most;
    }

    public URI baseUrl() {
        return URI.create("http://127.0.0.1:" + port() + "/v1");
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** Settings for this server without canaries, with pauses short enough for a test. */
    public ModelSettings settings(Path cache) {
        return settings(baseUrl(), cache, 0, 10_000, 8);
    }

    public static ModelSettings settings(
            URI baseUrl, Path cache, double canaryShare, double perSecond, int concurrency) {
        return new ModelSettings(
                baseUrl,
                "gpt-oss-120b",
                null,
                Duration.ofSeconds(5),
                Duration.ofSeconds(20),
                perSecond,
                concurrency,
                4,
                Duration.ofMillis(1),
                Duration.ofSeconds(5),
                Duration.ofMillis(50),
                2,
                8,
                200,
                256,
                true,
                cache,
                1_000,
                canaryShare,
                5);
    }

    private void answer(HttpExchange exchange) throws IOException {
        long now = System.nanoTime();
        UNANSWERED.put(exchange, inFlight);
        mostInFlight.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
        calls.incrementAndGet();
        arrivals.add(now);
        try {
            behaviour.answer(exchange, read(exchange, now));
        } finally {
            leave(exchange);
            exchange.close();
        }
    }

    private Asked read(HttpExchange exchange, long now) throws IOException {
        JsonNode body = JSON.readTree(exchange.getRequestBody().readAllBytes());
        List<String> lines =
                body.path("messages").path(1).path("content").asString().lines().toList();
        int first = 0;
        while (!lines.get(first).matches("[0-9a-f]{32}")) {
            first++;
        }
        String key = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        Asked request = new Asked(body, key, JSON.readTree(lines.get(first + 1)), lines.get(first), now);
        if (asked.size() < KEPT) {
            asked.add(request);
        }
        return request;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
