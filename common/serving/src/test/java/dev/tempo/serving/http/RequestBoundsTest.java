package dev.tempo.serving.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tempo.model.WeightType;
import dev.tempo.model.inference.Environment;
import dev.tempo.model.inference.GenerationLimits;
import dev.tempo.model.tokens.Tokenizer;
import dev.tempo.serving.ApiKey;
import dev.tempo.serving.ServingSettings;
import dev.tempo.serving.TalkingModel;
import dev.tempo.serving.version.ServedVersion;
import dev.tempo.serving.version.SingleModel;
import dev.tempo.serving.version.VersionCatalog;
import dev.tempo.serving.version.VersionListing;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;

/** What is refused, when, and in which words. */
@ExtendWith(OutputCaptureExtension.class)
class RequestBoundsTest {
    private static final String KEY = "a-key-of-twenty-signs";
    private static final int MOST_TOKENS = 2_000;
    private static final int PATIENCE_MILLIS = 20_000;

    @TempDir
    static Path directory;

    private static Path model;
    private static ServingServer server;
    private static Asking client;

    private static ServingSettings settings(List<ApiKey> keys, int open) {
        return new ServingSettings(
                "127.0.0.1",
                0,
                keys,
                new GenerationLimits(1 << 26, 16),
                WeightType.FLOAT32,
                1,
                MOST_TOKENS,
                open,
                0,
                20_000);
    }

    private static VersionCatalog alone() {
        return new SingleModel("m", model, Instant.EPOCH);
    }

    @BeforeAll
    static void start() {
        model = TalkingModel.write(directory.resolve("m"), 3);
        server = ServingServer.start(settings(List.of(), 64), alone(), new SimpleMeterRegistry());
        client = new Asking(server.port());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Socket connection(int port) throws IOException {
        Socket socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String rest(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static String head(String authorization, int length) {
        return "POST /v1/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Connection: close\r\nAuthorization: Bearer " + authorization + "\r\nContent-Length: " + length
                + "\r\n\r\n";
    }

    @Test
    void whoHasNoKeyIsRefusedBeforeTheBodyHasCome() throws IOException {
        try (ServingServer guarded =
                        ServingServer.start(settings(List.of(ApiKey.of(KEY)), 8), alone(), new SimpleMeterRegistry());
                Socket stranger = connection(guarded.port());
                Socket friend = connection(guarded.port())) {
            send(stranger, head("another-key-of-twenty", 15_000));
            assertThat(rest(stranger)).startsWith("HTTP/1.1 401").contains("invalid_api_key");
            String body = "{\"model\":\"m\",\"prompt\":\"ab\",\"max_tokens\":3}";
            send(friend, head(KEY, body.length()));
            send(friend, body);
            assertThat(rest(friend)).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void whatIsTooLargeIsRefusedWhileItComesAndTheWordsArrive() throws IOException {
        try (Socket socket = connection(server.port())) {
            send(socket, head("none", 10_000_000));
            try {
                for (int i = 0; i < 100; i++) {
                    send(socket, "a".repeat(10_000));
                }
            } catch (SocketException closed) {
                // It need not be read to its end.
            }
            assertThat(rest(socket)).startsWith("HTTP/1.1 413").contains("20000 bytes");
        }
    }

    @Test
    void aRefusedRequestWithoutABodyCostsNoConnection() throws IOException {
        try (Socket socket = connection(server.port())) {
            send(socket, "GET /v1/embeddings HTTP/1.1\r\nHost: localhost\r\n\r\n");
            send(socket, "GET /v1/models HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            assertThat(rest(socket)).startsWith("HTTP/1.1 404").contains("HTTP/1.1 200");
        }
    }

    @Test
    void connectionsHaveABound() throws IOException {
        ServingSettings few = settings(List.of(), 1);
        String health = "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n";
        List<Socket> sockets = new ArrayList<>();
        try (ServingServer narrow = ServingServer.start(few, alone(), new SimpleMeterRegistry())) {
            for (int i = 0; i < few.connections(); i++) {
                sockets.add(connection(narrow.port()));
                send(sockets.get(i), health);
                assertThat(sockets.get(i).getInputStream().read()).isEqualTo('H');
            }
            try (Socket tooMany = connection(narrow.port())) {
                send(tooMany, health);
                assertThat(rest(tooMany)).startsWith("HTTP/1.1 429").containsIgnoringCase("retry-after: 1");
            }
            sockets.remove(0).close();
            await().ignoreExceptions()
                    .until(() -> new Asking(narrow.port()).get("/health").statusCode() == 200);
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        /v1/completions      | 'prompt':'ab','n':64,'logprobs':20,'max_tokens':1000                      | logprobs
        /v1/completions      | 'prompt':['ab','cd'],'n':32,'logprobs':20,'max_tokens':1000               | logprobs
        /v1/chat/completions | 'n':64,'logprobs':true,'top_logprobs':10,'max_completion_tokens':2000     | top_logprobs
        /v1/chat/completions | 'n':64,'logprobs':true,'top_logprobs':10                                  | top_logprobs
        /v1/chat/completions | 'max_tokens':2001                                                         | max_tokens
        /v1/chat/completions | 'max_completion_tokens':2001                                              | max_completion_tokens
        /v1/completions      | 'prompt':'ab','max_tokens':2001                                           | max_tokens
        /v1/completions      | 'prompt':'ab','max_tokens':200000                                         | prompt
        /v1/chat/completions | 'max_tokens':200000                                                       | messages
        """)
    void whatIsTooMuchIsRefusedByTheNameOfItsField(String path, String fields, String param) {
        String messages = path.contains("chat") ? "'messages':[{'role':'user','content':'hi'}]," : "";
        HttpResponse<String> response = client.post(path, "{'model':'m'," + messages + fields.strip() + "}");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        JsonNode error = Asking.json(response.body()).path("error");
        assertThat(error.path("param").asString()).isEqualTo(param);
        if (fields.contains("logprobs")) {
            assertThat(error.path("message").asString()).contains("'" + param + "'", "150000", "tokens'");
        }
    }

    @Test
    void offsetsBeginBehindThePrompt() {
        JsonNode logProbs = client.completion(
                        "'model':'m','prompt':'ab','seed':1,'max_tokens':3,'logprobs':0,'temperature':0")
                .path("choices")
                .path(0)
                .path("logprobs");
        assertThat(logProbs.path("text_offset").toString()).isEqualTo("[2,3,4]");
        assertThat(client.completion("'model':'m','prompt':[70,71],'seed':1,'max_tokens':1,'logprobs':0")
                        .path("choices")
                        .path(0)
                        .path("logprobs")
                        .path("text_offset")
                        .toString())
                .isEqualTo("[2]");
    }

    @Test
    void aProxyIsToldNotToKeepEventsBack() {
        HttpResponse<String> stream =
                client.post("/v1/completions", "{'model':'m','prompt':'ab','max_tokens':3,'stream':true}");
        assertThat(stream.headers().firstValue("x-accel-buffering")).hasValue("no");
        assertThat(client.post("/v1/completions", "{'model':'m','prompt':'ab','max_tokens':3}")
                        .headers()
                        .firstValue("x-accel-buffering"))
                .isEmpty();
    }

    /** A catalog whose environment is broken. */
    private record Broken(VersionCatalog catalog) implements VersionCatalog {
        @Override
        public VersionListing listing() {
            return catalog.listing();
        }

        @Override
        public Environment environment(ServedVersion version, Tokenizer tokenizer) {
            throw new IllegalStateException("what somebody asked");
        }
    }

    @Test
    void aFailureThatIsOursIsLoggedByItsPlaceAndWithoutAnybodysText(CapturedOutput output) {
        try (ServingServer broken =
                ServingServer.start(settings(List.of(), 8), new Broken(alone()), new SimpleMeterRegistry())) {
            HttpResponse<String> response = new Asking(broken.port())
                    .post("/v1/chat/completions", "{'model':'m','messages':[{'role':'user','content':'hello'}]}");
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.headers().firstValue("retry-after")).hasValue("1");
            assertThat(response.body()).doesNotContain("what somebody asked");
            assertThat(output.getAll())
                    .contains("a request failed for a reason of ours")
                    .contains("IllegalStateException", "RequestBoundsTest$Broken.environment")
                    .doesNotContain("what somebody asked");
        }
    }
}
