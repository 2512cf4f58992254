package dev.tempo.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.Topics;
import dev.tempo.standalone.command.CancelCommand;
import dev.tempo.standalone.command.SubmitCommand;
import dev.tempo.standalone.launch.BrokerConnection;
import dev.tempo.standalone.promotion.PromoteCommand;
import dev.tempo.standalone.promotion.RollbackCommand;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A run that promotes versions, served by {@code ./tempo serve RUN} while its operator promotes one and takes it back. */
@ExtendWith(SharedSystem.class)
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ServedPromotionsTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Pattern SERVING = Pattern.compile("on (http://127\\.0\\.0\\.1:\\d+/v1)");
    private static final Path HOLDOUT = Path.of("..", "recipes", "quickstart", "seed0", "holdout.jsonl");
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    /** Four questions never make anybody as sure as that: no version is promoted by itself. The second stage waits for questions. */
    private static final String RECIPE = """
        extends: tiny.yaml
        name: served
        data: {unlabeled: {file: ~, id: ~, arriving: true}}
        evaluation: {every: 100, sets: {unlabeled: {isTestTimeSet: false}}}
        promotion: {file: served-promotion.jsonl, id: id, every: 100, samples: 1, step: 4, passAt: 1, margin: 0.01, passMargin: 0.01,
          malformedMargin: 0.01, lengthMargin: 0.01}
        stages:
          - {name: stage1, rounds: 1, criticWarmUp: 1}
          - {name: test-time, rounds: unbounded, recalibration: {every: 3}}
        """;

    private record Answer(int status, String model, String choices) {}

    @Test
    void whatItsOperatorPromotesAnswersAndNoRequestIsLost(RunningSystem system) throws Exception {
        Path recipe = Files.writeString(system.workload().directory().resolve("served.yaml"), RECIPE);
        Files.write(
                system.workload().directory().resolve("served-promotion.jsonl"),
                Files.readAllLines(HOLDOUT).subList(10, 14));
        AtomicInteger newest = new AtomicInteger();
        try (BrokerConnection connection =
                BrokerConnection.connect(system.running().ports().bootstrapServers())) {
            connection.follow(Topics.POLICY_VERSIONS, version -> {
                if (version.run().equals("served")) {
                    newest.accumulateAndGet(version.version(), Math::max);
                }
            });
            operate(
                    system,
                    new SubmitCommand(),
                    recipe.toString(),
                    "--id=served",
                    "--runs=" + system.directory("served").getParent());
            Awaitility.await().atMost(PATIENCE).until(() -> newest.get() >= 1);
        }
        TempoProcess serve = TempoProcess.start(
                system.root(),
                List.of("serve", system.directory("served").toString(), "--port=0", "--requests-per-minute=0"));
        serve.await(() -> SERVING.matcher(serve.output()).find());
        Matcher said = SERVING.matcher(serve.output());
        assertThat(said.find()).isTrue();
        switchVersions(system, said.group(1), "v" + newest.get());
        operate(system, new CancelCommand(), "served");
        serve.interrupt();
        assertThat(serve.status()).isEqualTo(130);
        assertThat(serve.output()).doesNotContain("Exception");
    }

    private static void switchVersions(RunningSystem system, String address, String promoted) throws Exception {
        String other = promoted.replace("v", "served@");
        Map<String, String> expected = new TreeMap<>();
        for (String version : List.of("served@0", other)) {
            expected.put(version, ask(address, version).choices());
        }
        assertThat(expected.values()).as("what the two versions say").doesNotHaveDuplicates();

        Queue<Answer> answers = new ConcurrentLinkedQueue<>();
        AtomicBoolean over = new AtomicBoolean();
        List<Thread> clients = Stream.generate(() -> new Thread(() -> {
                    while (!over.get()) {
                        answers.add(ask(address, "served"));
                    }
                }))
                .limit(3)
                .toList();
        clients.forEach(Thread::start);
        try {
            Awaitility.await().atMost(PATIENCE).until(() -> answers.size() > 10);
            assertThat(answers).extracting(Answer::model).containsOnly("served@0");
            operate(system, new PromoteCommand(), "served", promoted);
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> ask(address, "served").model().equals(other));
            operate(system, new RollbackCommand(), "served");
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> ask(address, "served").model().equals("served@0"));
        } finally {
            over.set(true);
            for (Thread client : clients) {
                client.join();
            }
        }
        assertThat(answers).extracting(Answer::status).containsOnly(200);
        assertThat(answers).extracting(Answer::model).contains("served@0", other);
        assertThat(answers).allSatisfy(answer -> assertThat(answer.choices()).isEqualTo(expected.get(answer.model())));
    }

    private static Answer ask(String address, String model) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + "/completions"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"model\": \"" + model
                        + "\", \"prompt\": \"x+3=5\", \"temperature\": 0, \"max_tokens\": 12, \"logprobs\": 2}"))
                .build();
        try {
            HttpResponse<String> response = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
            JsonNode body = JSON.readTree(response.body());
            return new Answer(
                    response.statusCode(),
                    body.path("model").asString(""),
                    body.path("choices").toString());
        } catch (IOException broken) {
            return new Answer(0, "", broken.toString());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return new Answer(0, "", stopped.toString());
        }
    }

    private static void operate(RunningSystem system, Object command, String... arguments) {
        String[] all = Stream.concat(
                        Arrays.stream(arguments),
                        Stream.of(
                                "--bootstrap=" + system.running().ports().bootstrapServers(),
                                "--workspace=" + system.root().resolve("operator")))
                .toArray(String[]::new);
        assertThat(new CommandLine(command).execute(all))
                .as(String.join(" ", all))
                .isZero();
    }
}
