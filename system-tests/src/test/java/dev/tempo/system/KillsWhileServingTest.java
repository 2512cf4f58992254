package dev.tempo.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.ArrivingQuestion;
import dev.tempo.contract.Topics;
import dev.tempo.standalone.launch.BrokerConnection;
import dev.tempo.standalone.launch.Ports;
import dev.tempo.standalone.launch.Workspace;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code ./tempo serve RECIPE --learn} in use while each of its processes is killed: what was accepted is there afterwards, and nobody is told
 * anything but to try again.
 */
@LongForm
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class KillsWhileServingTest {
    private static final Pattern SERVING = Pattern.compile("serving (\\S+),.* on (http://127\\.0\\.0\\.1:\\d+/v1)");
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int ACCEPTED = 202;
    private static final int ANSWERED = 200;

    /** Too many requests, and not now. */
    private static final Set<Integer> TO_TRY_AGAIN = Set.of(429, 503);

    private static final List<String> PROCESSES = List.of(
            "dev.tempo.rollout.RolloutService",
            "dev.tempo.critic.CriticService",
            "dev.tempo.policy.PolicyService",
            "dev.tempo.judge.JudgeService",
            "dev.tempo.eval.EvalService",
            "dev.tempo.standalone.broker.BrokerProcess");

    private static final String RECIPE = """
        extends: tiny.yaml
        name: kiosk
        data: {unlabeled: {arriving: {fresh: 0}}}
        evaluation: {every: 100, samples: 1, passAt: [1], criticQualityOn: holdout, sets: {unlabeled: ~}}
        promotion: {file: promotion.jsonl, id: id, every: 2, samples: 2, step: 4, margin: 0.3, passMargin: 0.5,
          malformedMargin: 0.9, lengthMargin: 0.9}
        stages:
          - {name: stage1, rounds: 1, criticWarmUp: 1}
          - {name: test-time, rounds: unbounded, recalibration: {every: 3}}
        """;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Ports ports = RunningSystem.freePorts();
    private final Set<String> accepted = ConcurrentHashMap.newKeySet();
    private final AtomicInteger answers = new AtomicInteger();
    private final List<String> wrong = new CopyOnWriteArrayList<>();

    @TempDir
    Path directory;

    @Test
    void aKillOfAnyProcessLosesNoAcceptedQuestionAndTellsClientsNothingButToTryAgain() throws Exception {
        Workspace workspace = new Workspace(directory.resolve("workspace"));
        TinyWorkload workload = TinyWorkload.in(directory.resolve("workload"));
        workload.promotionQuestions("promotion.jsonl", 10, 18);
        Path recipe = Files.writeString(workload.directory().resolve("kiosk.yaml"), RECIPE);
        TempoProcess serve =
                TempoProcess.start(workspace, ports, "serve", recipe.toString(), "--learn=0.5", "--port=0");
        serve.await(() -> SERVING.matcher(serve.output()).find());
        Matcher said = SERVING.matcher(serve.output());
        assertThat(said.find()).isTrue();
        Thread asking = client("asking", number -> ask(said.group(2), said.group(1), number));
        Thread posting = client("posting", this::post);
        serve.await(() -> !accepted.isEmpty() && answers.get() > 0 && RunTraces.newestPolicy(workspace) >= 2);

        for (String process : PROCESSES) {
            int accepts = accepted.size();
            int served = answers.get();
            int version = RunTraces.newestPolicy(workspace);
            serve.child(process).kill();
            serve.await(() -> accepted.size() > accepts + 2
                    && answers.get() > served + 2
                    && RunTraces.newestPolicy(workspace) > version + 1);
        }
        asking.interrupt();
        posting.interrupt();
        asking.join();
        posting.join();

        assertThat(wrong).isEmpty();
        Set<String> kept = ConcurrentHashMap.newKeySet();
        try (BrokerConnection connection = BrokerConnection.connect(ports.bootstrapServers())) {
            connection.follow(Topics.ARRIVING_QUESTIONS, question -> kept.add(question.id()));
            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(kept).containsAll(accepted));
            assertThat(kept).as("questions of served chats").anyMatch(id -> id.startsWith(ArrivingQuestion.OF_CHAT));
        }
        serve.interrupt();
        assertThat(serve.status()).isEqualTo(130);
        assertThat(serve.output()).doesNotContain("Exception");
    }

    /** A request of a client, by its number. */
    private interface Request {
        void send(int number) throws IOException, InterruptedException;
    }

    private Thread client(String name, Request request) {
        Thread thread = new Thread(
                () -> {
                    try {
                        for (int number = 0; ; number++) {
                            try {
                                request.send(number);
                            } catch (IOException cutOff) {
                                // what a client tries again by itself
                            }
                            Thread.sleep(100);
                        }
                    } catch (InterruptedException done) {
                        Thread.currentThread().interrupt();
                    }
                },
                name);
        thread.start();
        return thread;
    }

    private void post(int number) throws IOException, InterruptedException {
        String id = "kept-" + number;
        HttpResponse<String> response = send(
                "http://127.0.0.1:" + (ports.base() + 3) + "/v1/questions",
                "{\"id\": \"%s\", \"question\": \"x+%d=5\"}".formatted(id, number));
        if (response.statusCode() == ACCEPTED) {
            accepted.add(id);
        } else {
            tellIfWrong("a question", response);
        }
    }

    private void ask(String address, String model, int number) throws IOException, InterruptedException {
        boolean streams = number % 2 == 1;
        HttpResponse<String> response = send(
                address + "/chat/completions",
                "{\"model\": \"%s\", \"stream\": %s, \"messages\": [{\"role\": \"user\", \"content\": \"x+%d=5\"}]}"
                        .formatted(model, streams, number));
        if (response.statusCode() != ANSWERED) {
            tellIfWrong("a chat", response);
        } else if (streams && !response.body().strip().endsWith("data: [DONE]")) {
            wrong.add("a stream that ends without a word: " + response.body());
        } else {
            answers.incrementAndGet();
        }
    }

    private void tellIfWrong(String what, HttpResponse<String> response) {
        if (!TO_TRY_AGAIN.contains(response.statusCode())) {
            wrong.add(what + ": " + response.statusCode() + " " + response.body());
        }
    }

    private HttpResponse<String> send(String address, String body) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(address))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
