package dev.tempo.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tempo.contract.UserException;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.eval.served.ServedAnswer;
import dev.tempo.eval.served.ServedAnswers;
import dev.tempo.recipes.RecipeFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client against a server that answers as docs/serving.md and docs/learning-from-use.md say; system-tests has the real ones. */
class DemoClientTest {
    @TempDir
    Path directory;

    private final List<String> chats = Collections.synchronizedList(new ArrayList<>());
    private final List<String> told = Collections.synchronizedList(new ArrayList<>());
    private final Deque<Integer> refusals = new ArrayDeque<>();
    private final HttpServer server;
    private String answer = "The answer is \\\\boxed{2}. Check: 2";

    DemoClientTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void start() throws IOException {
        server.createContext("/v1/chat/completions", this::chat);
        server.createContext("/v1/questions", this::arrival);
        server.start();
        Files.writeString(file(), """
            {"id": "a", "question": "1 + 1?", "answer": "2"}
            {"id": "b", "question": "1 + 2?", "answer": "3"}
            """);
    }

    @AfterEach
    void end() {
        server.stop(0);
    }

    @Test
    void everyQuestionIsAskedScoredAndToldWithoutItsAnswer() throws InterruptedException {
        ServedAnswers answers = new ServedAnswers(directory.resolve("served.jsonl"));
        runUntil(answers, 2);

        assertThat(chats)
                .allMatch(body -> body.contains("\"model\":\"demo\""))
                .noneMatch(body -> body.contains("answer"));
        assertThat(told).noneMatch(body -> body.contains("answer"));
        assertThat(String.join("\n", told)).contains("{\"question\":\"1 + 1?\"}", "{\"question\":\"1 + 2?\"}");
        List<ServedAnswer> two = answers.all().subList(0, 2);
        assertThat(two)
                .extracting(ServedAnswer::question)
                .containsExactlyInAnyOrder("asked/questions-1", "asked/questions-2");
        assertThat(two)
                .allMatch(served -> served.version() == 31 && served.promotions() == 7)
                .allMatch(served -> served.right() == served.question().equals("asked/questions-1"));
    }

    @Test
    void whatIsRefusedForNowIsSentAgainAndNothingIsCountedTwice() throws InterruptedException {
        refusals.add(503);
        refusals.add(429);
        ServedAnswers answers = new ServedAnswers(directory.resolve("served.jsonl"));
        runUntil(answers, 2);

        assertThat(chats.get(0)).isEqualTo(chats.get(1));
        assertThat(new HashSet<>(answers.all().subList(0, 2))).hasSize(2);
    }

    @Test
    void whatIsNoAnswerIsAskedAgain() {
        for (String broken : List.of("", "[]", "{}", "{\"model\": \"demo\"}", "{\"model\": \"demo@x\"}", "\u0000")) {
            answer = broken;
            refusals.clear();
            refusals.add(200);
            assertThatThrownBy(() -> api().ask("1 + 1?")).as(broken).isInstanceOf(PublicApi.NotNowException.class);
        }
    }

    @Test
    void aClientGoesOnWhereItsFileEnds() {
        AnswerKey key = key();
        Set<String> first = Set.of(
                key.question(0).question().id(), key.question(1).question().id());
        Set<String> second = Set.of(
                key.question(2).question().id(), key.question(3).question().id());
        assertThat(first).hasSize(2).isEqualTo(second);
    }

    @Test
    void whatCannotBeScoredIsRefused() throws IOException {
        assertThatThrownBy(() -> AnswerKey.read(directory.resolve("gone.jsonl"), recipe()))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("gone.jsonl: no such file");
        Recipe other = recipe().withJudges(Map.of("default", List.of("my-judge")));
        assertThatThrownBy(() -> AnswerKey.read(file(), other))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("my-judge");
        Path empty = Files.writeString(directory.resolve("empty.jsonl"), "");
        assertThatThrownBy(() -> AnswerKey.read(empty, recipe())).isInstanceOf(UserException.class);
    }

    private void runUntil(ServedAnswers answers, int wanted) throws InterruptedException {
        DemoClient client = new DemoClient(key(), api(), answers, () -> true, () -> 7, InstantSource.system());
        Thread asking = new Thread(client);
        asking.start();
        Awaitility.await()
                .atMost(Duration.ofMinutes(3))
                .until(() -> answers.all().size() >= wanted && !told.isEmpty());
        client.stop();
        asking.join();
    }

    private AnswerKey key() {
        return AnswerKey.read(file(), recipe());
    }

    private PublicApi api() {
        URI root = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1");
        return new PublicApi("demo", recipe().generation(), root, null, root);
    }

    private Recipe recipe() {
        return RecipeFile.read(Path.of("..", "recipes", "words-demo.yaml"), null);
    }

    private Path file() {
        return directory.resolve("questions.jsonl");
    }

    private void chat(HttpExchange exchange) throws IOException {
        chats.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        Integer refusal = refusals.poll();
        if (refusal != null) {
            reply(exchange, refusal, refusal == 200 ? answer : "{\"error\": {\"message\": \"later\"}}");
            return;
        }
        reply(exchange, 200, """
            {"model": "demo@31", "system_fingerprint": "v31-0",
             "choices": [{"index": 0, "finish_reason": "stop",
               "message": {"role": "assistant", "reasoning_content": "1 and 1", "content": "%s"}}]}\
            """.formatted(answer));
    }

    private void arrival(HttpExchange exchange) throws IOException {
        told.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        reply(exchange, 202, "{\"accepted\": []}");
    }

    private static void reply(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
