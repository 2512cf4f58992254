package dev.tempo.serving.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tempo.contract.UserException;
import dev.tempo.model.WeightType;
import dev.tempo.model.inference.GenerationLimits;
import dev.tempo.serving.ApiKey;
import dev.tempo.serving.ServingSettings;
import dev.tempo.serving.TalkingModel;
import dev.tempo.serving.version.SingleModel;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

class ServingServerTest {
    private static final String HELLO = "'messages':[{'role':'user','content':'hello'}]";

    @TempDir
    static Path directory;

    private static Path model;
    private static ServingServer server;
    private static Asking client;

    private static ServingSettings settings() {
        return settings(16, 64, 0);
    }

    private static ServingSettings settings(int rows, int open, int requestsPerMinute) {
        return new ServingSettings(
                "127.0.0.1",
                0,
                List.of(),
                new GenerationLimits(1 << 28, rows),
                WeightType.FLOAT32,
                2,
                TalkingModel.POSITIONS,
                open,
                requestsPerMinute,
                20_000);
    }

    private static SingleModel alone() {
        return new SingleModel("m", model, Instant.ofEpochSecond(7));
    }

    @BeforeAll
    static void start() {
        model = TalkingModel.write(directory.resolve("m"), 3);
        server = ServingServer.start(settings(), alone(), new SimpleMeterRegistry());
        client = new Asking(server.port());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void anAnswerIsTheSameAloneAndBesideSevenOthers() {
        String asked = "'model':'m','prompt':'one two','seed':5,'max_tokens':40,'logprobs':3";
        JsonNode expected = client.completion(asked).path("choices");
        List<CompletableFuture<HttpResponse<String>>> others = IntStream.range(0, 7)
                .mapToObj(other -> client.later(
                        "/v1/completions",
                        "{'model':'m','prompt':'" + "x".repeat(3 * other + 1) + "','max_tokens':" + (20 + 9 * other)
                                + ",'top_p':0.9,'logprobs':" + other % 3 + "}"))
                .toList();
        JsonNode beside = client.completion(asked).path("choices");
        assertThat(beside).isEqualTo(expected);
        assertThat(expected.path(0).path("logprobs").path("token_logprobs").size())
                .isGreaterThan(5);
        others.forEach(other -> assertThat(other.join().statusCode()).isEqualTo(200));
    }

    @Test
    void aStreamSaysWhatTheWholeAnswerSays() {
        String asked = "'model':'m'," + HELLO
                + ",'seed':9,'n':3,'max_tokens':50,'logprobs':true,'top_logprobs':2,'stop':['e','th'],"
                + "'chat_template_kwargs':{'enable_thinking':true}";
        JsonNode whole = client.chat(asked);
        HttpResponse<String> response = client.post(
                "/v1/chat/completions", "{" + asked + ",'stream':true,'stream_options':{'include_usage':true}}");
        assertThat(response.headers().firstValue("content-type").orElseThrow()).startsWith("text/event-stream");
        List<JsonNode> events = Asking.events(response.body());
        JsonNode counted = events.get(events.size() - 1);
        assertThat(counted.path("usage")).isEqualTo(whole.path("usage"));
        assertThat(counted.path("choices").isEmpty()).isTrue();
        for (int index = 0; index < 3; index++) {
            StringBuilder thought = new StringBuilder();
            StringBuilder said = new StringBuilder();
            List<JsonNode> tokens = new ArrayList<>();
            String finish = "";
            String role = "";
            for (JsonNode event : events.subList(0, events.size() - 1)) {
                assertThat(event.path("object").asString()).isEqualTo("chat.completion.chunk");
                assertThat(event.path("usage").isNull()).isTrue();
                JsonNode choice = event.path("choices").path(0);
                if (choice.path("index").asInt() == index) {
                    role += choice.path("delta").path("role").asString("");
                    thought.append(
                            choice.path("delta").path("reasoning_content").asString(""));
                    said.append(choice.path("delta").path("content").asString(""));
                    choice.path("logprobs").path("content").forEach(tokens::add);
                    finish += choice.path("finish_reason").asString("");
                }
            }
            JsonNode choice = whole.path("choices").path(index);
            assertThat(role).isEqualTo("assistant");
            assertThat(said.toString())
                    .isEqualTo(choice.path("message").path("content").asString());
            assertThat(thought.toString())
                    .isEqualTo(choice.path("message").path("reasoning_content").asString(""));
            assertThat(finish).isEqualTo(choice.path("finish_reason").asString());
            List<JsonNode> expected = new ArrayList<>();
            choice.path("logprobs").path("content").forEach(expected::add);
            assertThat(tokens).isEqualTo(expected);
            assertThat(expected).allSatisfy(token -> {
                assertThat(token.path("top_logprobs").size()).isEqualTo(2);
                assertThat(token.path("bytes").size()).isEqualTo(1);
            });
        }
    }

    @Test
    void toolsAndFurtherVariablesReachTheTemplate() {
        String plain = "<|user|>hello\n<|assistant|>";
        String tools = "tools: [{\"type\": \"function\", \"function\": {\"name\": \"add\"}}]\n";
        String given = ",'tools':[{'type':'function','function':{'name':'add'}}]";
        assertThat(promptTokens("")).isEqualTo(plain.length());
        assertThat(promptTokens(given)).isEqualTo(plain.length() + tools.length());
        assertThat(promptTokens(given + ",'tool_choice':'none'")).isEqualTo(plain.length());
        assertThat(promptTokens(",'chat_template_kwargs':{'enable_thinking':true}"))
                .isEqualTo(plain.length() + "<think>\n".length());
    }

    private static int promptTokens(String fields) {
        return client.chat("'model':'m','max_tokens':1," + HELLO + fields)
                .path("usage")
                .path("prompt_tokens")
                .asInt();
    }

    @Test
    void anAnswerEndsAtItsLimitOrAtAStopString() {
        JsonNode cut = client.completion("'model':'m','prompt':'ab','seed':1,'max_tokens':7,'temperature':0")
                .path("choices")
                .path(0);
        assertThat(cut.path("finish_reason").asString()).isEqualTo("length");
        String text = cut.path("text").asString();
        assertThat(text).hasSize(7);
        String stop = text.substring(3, 5);
        JsonNode stopped = client.completion("'model':'m','prompt':'ab','seed':1,'max_tokens':7,'temperature':0,'stop':"
                        + new StringNode(stop))
                .path("choices")
                .path(0);
        assertThat(stopped.path("finish_reason").asString()).isEqualTo("stop");
        assertThat(stopped.path("text").asString()).isEqualTo(text.substring(0, text.indexOf(stop)));
    }

    @Test
    void answersToSeveralPromptsComeInTheirOrder() {
        JsonNode both = client.completion("'model':'m','prompt':['ab','cd'],'n':2,'seed':4,'max_tokens':9");
        assertThat(both.path("choices").size()).isEqualTo(4);
        JsonNode first = client.completion("'model':'m','prompt':'ab','n':2,'seed':4,'max_tokens':9");
        for (int index = 0; index < 2; index++) {
            assertThat(both.path("choices").path(index))
                    .isEqualTo(first.path("choices").path(index));
        }
        assertThat(both.path("usage").path("prompt_tokens").asInt()).isEqualTo(4);
    }

    @Test
    void anAnswerSaysWhichWeightsWroteIt() {
        HttpResponse<String> response = client.post("/v1/completions", "{'model':'m','prompt':'ab','max_tokens':2}");
        String sha256 = response.headers().firstValue("x-tempo-weights").orElseThrow();
        assertThat(sha256).hasSize(64);
        assertThat(response.headers().firstValue("x-tempo-version")).hasValue("m");
        assertThat(Asking.json(response.body()).path("system_fingerprint").asString())
                .isEqualTo(sha256.substring(0, 12));
        assertThat(response.headers().firstValue("access-control-allow-origin")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        /v1/completions      | {'model':'x','prompt':'a'}                        | 404 | model_not_found
        /v1/completions      | {'model':'m','prompt':'ü'}                        | 400 |
        /v1/completions      | {'model':'m','prompt':[98]}                       | 400 |
        /v1/completions      | {'model':'m','prompt':'a','max_tokens':200000}    | 400 | context_length_exceeded
        /v1/completions      | {'model':'m','prompt':'a','best':2}               | 400 | unknown_parameter
        /v1/completions      | {'model':'m','prompt':''}                         | 400 |
        /v1/completions      | not json                                          | 400 |
        /v1/completions      | {'model':'m','prompt':'a','n':65}                 | 400 |
        /v1/embeddings       | {'model':'m'}                                     | 404 | unknown_url
        /v1/models           | {}                                                | 405 | method_not_allowed
        """)
    void aRequestThatCannotBeAnsweredIsRefusedInTheApisWords(String path, String body, int status, String code) {
        HttpResponse<String> response = client.post(path, body);
        assertThat(response.statusCode()).isEqualTo(status);
        JsonNode error = Asking.json(response.body()).path("error");
        assertThat(error.path("message").asString()).isNotEmpty();
        assertThat(error.path("code").isNull() ? null : error.path("code").asString())
                .isEqualTo(code);
    }

    @Test
    void whatAWebPageMaySendIsNotAnswered() {
        HttpRequest.BodyPublisher body = HttpRequest.BodyPublishers.ofString("{\"model\":\"m\",\"prompt\":\"a\"}");
        assertThat(Asking.send(client.request("/v1/completions")
                                .header("Content-Type", "text/plain")
                                .POST(body)
                                .build())
                        .statusCode())
                .isEqualTo(415);
        assertThat(Asking.send(client.request("/v1/completions")
                                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                                .build())
                        .statusCode())
                .isEqualTo(405);
    }

    @Test
    void withoutKeysOnlyLocalhostIsAnsweredFor() throws IOException {
        assertThat(raw("GET /v1/models HTTP/1.1\r\nHost: rebound.example:80\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 403");
        assertThat(raw("GET /v1/models HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
        assertThat(raw("HELLO\r\n\r\n")).startsWith("HTTP/1.1 400");
    }

    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void aBodyThatIsTooLargeIsRefused() {
        HttpResponse<String> response =
                client.post("/v1/completions", "{'model':'m','prompt':'" + "a".repeat(20_000) + "'}");
        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(Asking.json(response.body()).path("error").path("message").asString())
                .contains("20000 bytes");
    }

    @Test
    void whoGoesAwayMakesRoomForOthers() throws IOException {
        try (ServingServer narrow = ServingServer.start(settings(1, 1, 0), alone(), new SimpleMeterRegistry())) {
            Asking other = new Asking(narrow.port());
            // Nothing but its end keeps the most probable token from being written 150,000 times.
            String endless =
                    "{\"model\":\"m\",\"prompt\":\"ab\",\"temperature\":0,\"max_tokens\":150000,\"stream\":%s}";
            for (boolean stream : new boolean[] {true, false}) {
                Socket socket = new Socket("127.0.0.1", narrow.port());
                String body = String.format(endless, stream);
                socket.getOutputStream()
                        .write(("POST /v1/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                        + "Content-Length: " + body.length() + "\r\n\r\n" + body)
                                .getBytes(StandardCharsets.US_ASCII));
                await().until(() -> other.post("/v1/completions", "{'model':'m','prompt':'a'}")
                                .statusCode()
                        == 429);
                if (stream) {
                    InputStream in = socket.getInputStream();
                    assertThat(in.readNBytes(2_000)).hasSize(2_000);
                }
                socket.close();
                await().until(() -> other.post("/v1/completions", "{'model':'m','prompt':'a'}")
                                .statusCode()
                        == 200);
            }
        }
    }

    @Test
    void moreThanThereMayBeAtOnceIsToldToComeAgain() {
        try (ServingServer narrow = ServingServer.start(settings(1, 2, 0), alone(), new SimpleMeterRegistry())) {
            Asking other = new Asking(narrow.port());
            List<CompletableFuture<HttpResponse<String>>> asked = IntStream.range(0, 12)
                    .mapToObj(i -> other.later(
                            "/v1/completions", "{'model':'m','prompt':'ab','temperature':0,'max_tokens':300}"))
                    .toList();
            Set<Integer> statuses = new HashSet<>();
            for (CompletableFuture<HttpResponse<String>> each : asked) {
                HttpResponse<String> response = each.join();
                statuses.add(response.statusCode());
                if (response.statusCode() == 429) {
                    assertThat(response.headers().firstValue("retry-after")).hasValue("1");
                }
            }
            assertThat(statuses).containsExactlyInAnyOrder(200, 429);
        }
    }

    @Test
    void whoAsksTooOftenIsToldWhenToComeAgain() {
        try (ServingServer slow = ServingServer.start(settings(4, 8, 3), alone(), new SimpleMeterRegistry())) {
            Asking often = new Asking(slow.port());
            for (int i = 0; i < 3; i++) {
                often.completion("'model':'m','prompt':'a','max_tokens':1");
            }
            HttpResponse<String> refused = often.post("/v1/completions", "{'model':'m','prompt':'a'}");
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(Asking.json(refused.body()).path("error").path("code").asString())
                    .isEqualTo("rate_limit_exceeded");
            assertThat(Integer.parseInt(
                            refused.headers().firstValue("retry-after").orElseThrow()))
                    .isBetween(1, 60);
            assertThat(often.get("/v1/models").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aKeyThatIsListedTwiceIsRefused() {
        ServingSettings open = settings();
        ServingSettings twice = new ServingSettings(
                "127.0.0.1",
                0,
                List.of(ApiKey.of("first-key-0123456789"), ApiKey.read("first-key-0123456789 learn=no")),
                open.limits(),
                open.type(),
                1,
                100,
                8,
                0,
                20_000);

        assertThatThrownBy(() -> ServingServer.start(twice, alone(), new SimpleMeterRegistry()))
                .hasMessage("an API key is listed twice; each is to be listed once, with one learn=yes or learn=no");
    }

    @Test
    void onlyWhoHasAKeyIsAnswered() {
        List<String> keys = List.of("first-key-0123456789", "second-key-0123456789");
        ServingSettings open = settings();
        ServingSettings guarded = new ServingSettings(
                "127.0.0.1",
                0,
                keys.stream().map(ApiKey::of).toList(),
                open.limits(),
                open.type(),
                1,
                100,
                8,
                0,
                20_000);
        try (ServingServer closed = ServingServer.start(guarded, alone(), new SimpleMeterRegistry())) {
            Asking asking = new Asking(closed.port());
            for (String key : keys) {
                assertThat(status(asking, "Bearer " + key)).isEqualTo(200);
            }
            assertThat(status(asking, "Bearer first-key-012345678")).isEqualTo(401);
            assertThat(status(asking, keys.get(0))).isEqualTo(401);
            assertThat(asking.get("/v1/models").statusCode()).isEqualTo(401);
            assertThat(asking.get("/health").statusCode()).isEqualTo(200);
        }
    }

    private static int status(Asking asking, String authorization) {
        return Asking.send(asking.request("/v1/models")
                        .header("Authorization", authorization)
                        .build())
                .statusCode();
    }

    @Test
    void whatAnybodyCouldReachNeedsKeys() {
        ServingSettings open = settings();
        assertThatThrownBy(() ->
                        new ServingSettings("0.0.0.0", 0, List.of(), open.limits(), open.type(), 1, 100, 8, 0, 20_000))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("API keys");
        assertThatThrownBy(() -> new ServingSettings(
                        "127.0.0.1", 0, List.of(ApiKey.of("short")), open.limits(), open.type(), 1, 100, 8, 0, 20_000))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("16");
        assertThatThrownBy(() -> ServingServer.start(
                        new ServingSettings(
                                "127.0.0.1",
                                server.port(),
                                List.of(),
                                open.limits(),
                                open.type(),
                                1,
                                100,
                                8,
                                0,
                                20_000),
                        alone(),
                        new SimpleMeterRegistry()))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("port " + server.port());
    }

    @Test
    void aModelWithoutATemplateIsAskedAsItsRecipeAsks() {
        Versions versions = new Versions();
        versions.publish(0, TalkingModel.writeWithoutTemplate(directory.resolve("plain"), 8));
        versions.promote(0);
        try (ServingServer plain = ServingServer.start(settings(), versions, new SimpleMeterRegistry())) {
            Asking asking = new Asking(plain.port());
            JsonNode chat =
                    asking.chat("'model':'words','seed':2,'max_tokens':9,'messages':[{'role':'user','content':'1+1'}]");
            JsonNode completion = asking.completion("'model':'words','seed':2,'max_tokens':9,'prompt':'Q: 1+1 A:'");
            assertThat(chat.path("choices").path(0).path("message").path("content"))
                    .isEqualTo(completion.path("choices").path(0).path("text"));
            assertThat(asking.post(
                                    "/v1/chat/completions",
                                    "{'model':'words','messages':[{'role':'system','content':'a'},{'role':'user','content':'b'}]}")
                            .statusCode())
                    .isEqualTo(400);
        }
    }
}
