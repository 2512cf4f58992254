package dev.tempo.judging.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.tempo.judging.JudgeProperties.Endpoint;
import dev.tempo.plugin.JudgeUnavailableException;
import dev.tempo.plugin.Outcome;
import dev.tempo.plugin.Verdict;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The judge against a real server that replies as each test wants. */
class EndpointJudgeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch done = new CountDownLatch(1);
    private final HttpServer server;
    private HttpHandler handler = exchange -> {};

    EndpointJudgeTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void start() {
        server.setExecutor(threads);
        server.createContext("/", exchange -> handler.handle(exchange));
        server.start();
    }

    @AfterEach
    void stop() {
        done.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void questionReferenceAndResponseAreSentAndTheVerdictIsTaken() {
        StringBuilder asked = new StringBuilder();
        handler = exchange -> {
            asked.append(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            reply(exchange, 200, "{\"outcome\": \"wrong\", \"answer\": \"4\", \"reason\": \"not 5\", \"mood\": 1}");
        };

        Verdict verdict = judge(PATIENCE).judge("2 + \"3\"?", "5", "It is 4.\n", true);

        JsonNode sent = JsonMapper.shared().readTree(asked.toString());
        assertThat(sent.propertyNames()).containsExactly("question", "reference", "response", "ended");
        assertThat(sent.get("question").asString()).isEqualTo("2 + \"3\"?");
        assertThat(sent.get("response").asString()).isEqualTo("It is 4.\n");
        assertThat(sent.get("ended").asBoolean()).isTrue();
        assertThat(verdict)
                .extracting(
                        Verdict::outcome,
                        Verdict::reward,
                        Verdict::answer,
                        Verdict::judge,
                        Verdict::version,
                        Verdict::stage,
                        Verdict::reason)
                .containsExactly(Outcome.WRONG, 0.0, "4", "theirs", "7", "endpoint", "not 5");
        assertThat(verdict.rawReply()).contains("mood");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"outcome\": \"maybe\"}|'outcome' should be correct, wrong or undecided but is \"maybe\"",
                "{\"outcome\": true}|'outcome' should be correct",
                "{}|'outcome' should be correct",
                "{\"outcome\": \"correct\"|is not JSON",
                "{\"outcome\": \"correct\"} {\"outcome\": \"wrong\"}|is not JSON",
                "<html>welcome</html>|is not JSON",
                "[\"correct\"]|should be a JSON object",
                "{\"outcome\": \"correct\", \"answer\": 4}|'answer' should be a text but is 4",
                "{\"outcome\": \"undecided\", \"reason\": \"no idea\"}|no idea"
            })
    void whatBreaksTheRulesDecidesNothingAndIsQuoted(String body, String reason) {
        handler = exchange -> reply(exchange, 200, body);

        Verdict verdict = judge(PATIENCE).judge("q", "r", "x", true);

        assertThat(verdict.outcome()).isEqualTo(Outcome.UNDECIDED);
        assertThat(verdict.reason()).contains(reason);
        assertThat(verdict.rawReply()).isEqualTo(body);
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 302, 400, 401, 404})
    void anotherStatusDecidesNothing(int status) {
        handler = exchange -> reply(exchange, status, "{\"outcome\": \"correct\"}");

        Verdict verdict = judge(PATIENCE).judge("q", "r", "x", true);

        assertThat(verdict.outcome()).isEqualTo(Outcome.UNDECIDED);
        assertThat(verdict.reason()).contains("answers " + status + " in place of 200");
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 503})
    void anEndpointInTroubleIsUnavailable(int status) {
        handler = exchange -> reply(exchange, status, "too busy");

        assertThatThrownBy(() -> judge(PATIENCE).judge("q", "r", "x", true))
                .isInstanceOf(JudgeUnavailableException.class)
                .hasMessageContainingAll("'theirs' is unavailable", "answers " + status + ": too busy");
    }

    @Test
    void silenceBeforeAndWithinTheBodyIsUnavailable() {
        handler = exchange -> awaitEnd();
        assertUnavailable("no reply within 300 ms");
        handler = exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("{\"outcome\":".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            awaitEnd();
        };
        assertUnavailable("no reply within 300 ms");
    }

    @Test
    void aReplyWithoutEndIsCutShort() {
        handler = exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] part = new byte[1 << 16];
            for (int i = 0; i < 1_000; i++) {
                exchange.getResponseBody().write(part);
            }
            exchange.close();
        };

        assertThatThrownBy(() -> judge(PATIENCE).judge("q", "r", "x", true))
                .isInstanceOf(JudgeUnavailableException.class)
                .hasMessageContaining("longer than 65536 bytes");
    }

    @Test
    void aPromiseOfMoreThanCameIsUnavailable() {
        handler = exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write("{\"outcome\": \"correct\"}".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        };

        assertThatThrownBy(() -> judge(PATIENCE).judge("q", "r", "x", true))
                .isInstanceOf(JudgeUnavailableException.class);
    }

    @Test
    void nobodyThereIsUnavailable() {
        server.stop(0);

        assertThatThrownBy(() -> judge(PATIENCE).judge("q", "r", "x", true))
                .isInstanceOf(JudgeUnavailableException.class)
                .hasMessageContaining("ConnectException");
    }

    @Test
    void onlyHttpAddressesAreTaken() {
        assertThatThrownBy(() -> new EndpointJudge("x", new Endpoint(URI.create("ftp://host/x"), PATIENCE, "1")))
                .hasMessageContaining("tempo.judge.endpoints.x.url must be an http(s) address");
        assertThatThrownBy(() -> new EndpointJudge("x", new Endpoint(URI.create("http://h/"), Duration.ZERO, "1")))
                .hasMessageContaining("tempo.judge.endpoints.x.timeout must be at least 1 ms");
    }

    @Test
    void theExampleInPythonJudges(@TempDir Path directory) throws IOException {
        assumeThat(System.getenv("PATH").split(java.io.File.pathSeparator))
                .as("python3 is not installed; the example was not run")
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "python3")));
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Path script = Files.writeString(
                directory.resolve("endpoint.py"),
                Files.readString(JarBuilder.example("python/endpoint.py")).replace("9000", Integer.toString(port)));
        Process python = new ProcessBuilder("python3", script.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("python.log").toFile())
                .start();
        try {
            EndpointJudge judge =
                    new EndpointJudge("example", new Endpoint(URI.create("http://127.0.0.1:" + port), PATIENCE, "1"));
            await().atMost(PATIENCE)
                    .ignoreException(JudgeUnavailableException.class)
                    .untilAsserted(() -> assertThat(judge.judge("Where?", "Paris", "It is in Paris.", true)
                                    .outcome())
                            .isEqualTo(Outcome.CORRECT));
            assertThat(judge.judge("Where?", "Paris", "In Rome.", true))
                    .extracting(Verdict::outcome, Verdict::reason)
                    .containsExactly(Outcome.WRONG, "looked for the reference");
        } finally {
            python.destroy();
        }
    }

    private void assertUnavailable(String reason) {
        assertThatThrownBy(() -> judge(Duration.ofMillis(300)).judge("q", "r", "x", true))
                .isInstanceOf(JudgeUnavailableException.class)
                .hasMessageContaining(reason);
    }

    private EndpointJudge judge(Duration timeout) {
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/judge");
        return new EndpointJudge("theirs", new Endpoint(address, timeout, "7"));
    }

    private static void reply(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private void awaitEnd() {
        try {
            done.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
