package dev.tempo.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tempo.contract.ArrivingQuestion;
import dev.tempo.contract.DrawnQuestions;
import dev.tempo.contract.PolicyVersion;
import dev.tempo.contract.Run;
import dev.tempo.contract.RunState;
import dev.tempo.contract.Topics;
import dev.tempo.contract.ValuedTrajectory;
import dev.tempo.datasets.comparison.KnownQuestions;
import dev.tempo.messaging.Broker;
import dev.tempo.messaging.Publisher;
import dev.tempo.messaging.Subscription;
import dev.tempo.messaging.Subscriptions;
import dev.tempo.messaging.letters.DeadLetterBox;
import dev.tempo.runs.RunDirectory;
import dev.tempo.serving.learning.ChatQuestions;
import dev.tempo.serving.learning.Consent;
import dev.tempo.serving.learning.LearningSettings;
import dev.tempo.serving.learning.LearningWish;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** Questions as they arrive at the running service, by HTTP and by a foreign producer, against a real broker. */
class ArrivingQuestionsTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final List<PolicyVersion> VERSIONS = new CopyOnWriteArrayList<>();
    private static final List<ArrivingQuestion> QUESTIONS = new CopyOnWriteArrayList<>();

    @TempDir
    static Path models;

    static Path base;
    static ConfigurableApplicationContext others;
    static List<Subscription> subscriptions;

    @TempDir
    Path runs;

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Others {}

    @BeforeAll
    static void startOthers() {
        base = TinyModel.write(models.resolve("base"));
        others = new SpringApplicationBuilder(Others.class)
                .web(WebApplicationType.NONE)
                .run("--spring.kafka.bootstrap-servers=" + Broker.bootstrapServers());
        Subscriptions reading = others.getBean(Subscriptions.class);
        subscriptions = List.of(
                reading.everything(Topics.POLICY_VERSIONS, VERSIONS::add),
                reading.everything(Topics.ARRIVING_QUESTIONS, QUESTIONS::add));
        subscriptions.forEach(Subscription::start);
    }

    @AfterAll
    static void stopOthers() {
        subscriptions.forEach(Subscription::stop);
        others.close();
    }

    @Test
    void aServiceThatIsKilledInTheMiddleDrawsTheSameQuestionsAndEndsWithTheSameWeights() throws Exception {
        Run run = ArrivingRunTest.arriving("arriving", runs.resolve("arriving"), base);
        KnownQuestions known = new KnownQuestions();
        known.add("What is 100 + 1?", "it is in set 'holdout', which is measured");
        for (int other : List.of(201, 202, 301, 404, 501, 502)) {
            known.add("What is " + other + " + 1?", "it is another test's");
        }
        known.write(RunDirectory.of(run).knownQuestions());
        DrawnQuestions first;
        try (ConfigurableApplicationContext service = start()) {
            submit(run);
            await().atMost(Duration.ofMinutes(1)).until(() -> latest(run) != null);
            assertThat(Objects.requireNonNull(latest(run)).questions()).isNull();
            assertThat(health(service)).contains("round 0 waits for 2 more questions");
            assertThat(post(
                                    service,
                                    "application/json",
                                    "{\"id\": \"a-1\", \"question\": \"What is 101 + 1?\", \"source\": \"test\"}")
                            .body())
                    .isEqualTo("{\"accepted\":[\"a-1\"]}");
            produce("a-2", "{\"id\":\"a-2\",\"question\":\"Question 2: what is 100+1\"}");
            produce("a-3", "{\"id\":\"a-3\",\"question\":\"What is 103 + 1?\"}");
            first = awaitDraw(run, 0);
            assertThat(first.questions())
                    .as("what is measured is kept out")
                    .containsExactlyInAnyOrder("arrived/a-1", "arrived/a-3");
            write(ArrivingRunTest.rows(Objects.requireNonNull(latest(run))).subList(0, 3));
        }
        produce("a-4", "{\"id\":\"a-4\",\"question\":\"What is 104 + 1?\"}");
        produce("a-5", "{\"id\":\"a-5\",\"question\":\"What is 105 + 1?\"}");
        produce("a-1", null);
        try (ConfigurableApplicationContext service = start()) {
            int said = VERSIONS.size();
            await().atMost(Duration.ofMinutes(1)).until(() -> VERSIONS.size() > said);
            assertThat(awaitDraw(run, 0)).isEqualTo(first);
            write(ArrivingRunTest.rows(Objects.requireNonNull(latest(run))));
            DrawnQuestions second = awaitDraw(run, 1);
            assertThat(second.questions()).hasSize(2).doesNotContain("arrived/a-1", "arrived/a-2");
            assertThat(second.deletionsBefore()).isGreaterThan(first.deletionsBefore());
            submit(run.thatFinishes());
            write(ArrivingRunTest.rows(Objects.requireNonNull(latest(run))));
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> Objects.requireNonNull(latest(run)).last());
            assertThat(Objects.requireNonNull(latest(run)).version()).isEqualTo(2);
            assertThat(weights(run)).isEqualTo(undisturbed());
        } finally {
            submit(run.withState(RunState.FINISHED));
        }
    }

    /** The same questions at a trainer that nobody kills. */
    private List<String> undisturbed() {
        try (Bench bench =
                new Bench().start(ArrivingRunTest.arriving("undisturbed", runs.resolve("undisturbed"), base))) {
            bench.ask("a-1", "What is 101 + 1?").ask("a-3", "What is 103 + 1?");
            bench.tick();
            bench.ask("a-4", "What is 104 + 1?").ask("a-5", "What is 105 + 1?").delete("a-1");
            bench.write(ArrivingRunTest.rows(bench.latest())).deliver();
            bench.tick();
            bench.write(ArrivingRunTest.rows(bench.latest())).deliver();
            return IntStream.rangeClosed(0, 2)
                    .mapToObj(version -> bench.weights().get(version))
                    .toList();
        }
    }

    @Test
    void whatIsNoQuestionIsRefusedInALineAndWhatIsOneIsOnTheTopic() throws Exception {
        try (ConfigurableApplicationContext service = start()) {
            assertThat(post(service, "application/x-ndjson", """
                {"id": "l-1", "question": "What is 201 + 1?"}

                {"question": "What is 202 + 1?", "domain": "math"}
                """).body()).contains("\"l-1\",\"q-");
            HttpResponse<String> again =
                    post(service, "application/json", "[{\"question\": \"What is 202 + 1?\", \"domain\": \"math\"}]");
            assertThat(again.statusCode()).isEqualTo(202);
            await().untilAsserted(() -> assertThat(QUESTIONS)
                    .extracting(ArrivingQuestion::question)
                    .contains("What is 201 + 1?", "What is 202 + 1?"));
            assertThat(QUESTIONS.stream()
                            .filter(question -> "What is 202 + 1?".equals(question.question()))
                            .map(ArrivingQuestion::id)
                            .distinct())
                    .as("a question that is sent again is the same one")
                    .hasSize(1);
            refused(service, "{\"id\": \"x\"}", 400, "the body: question is missing");
            refused(
                    service,
                    "{\"question\": \"1+1?\", \"answer\": \"2\"}",
                    400,
                    "Questions that arrive have no answers");
            refused(service, "{\"question\": \"1+1?\", \"question\": \"1+2?\"}", 400, "the body is no JSON");
            refused(service, "{\"question\": \" \"}", 400, "the body: question is empty");
            refused(service, "{\"question\": 7}", 400, "the body: question must be a text");
            refused(service, "{\"id\": \"a b\", \"question\": \"1+1?\"}", 400, "id may hold up to 100 letters");
            refused(service, "\"1+1?\"", 400, "must be an object");
            refused(service, "{\"question\": \"" + "x".repeat(20_001) + "\"}", 400, "at most 20000");
            refused(service, " ".repeat((1 << 20) + 1), 413, "at most 1048576 bytes");
            assertThat(post(service, "application/x-ndjson", "{\"question\": \"1?\"}\n{")
                            .body())
                    .contains("line 2 is no JSON");

            HttpRequest delete = HttpRequest.newBuilder(uri(service, "/v1/questions/l-1"))
                    .DELETE()
                    .build();
            assertThat(CLIENT.send(delete, HttpResponse.BodyHandlers.ofString()).statusCode())
                    .isEqualTo(204);
            await().untilAsserted(() -> assertThat(QUESTIONS).contains(ArrivingQuestion.deleted("l-1")));
        }
    }

    @Test
    void whereKeysAreNamedOnlyWhoHasOneIsHeardAndIsTheSource() throws Exception {
        Path keys = Files.writeString(runs.resolve("keys"), "# who and what\nkiosk 0123456789abcdef\n");
        try (ConfigurableApplicationContext service = start("--tempo.policy.question-keys=" + keys)) {
            String question = "{\"id\": \"k-1\", \"question\": \"What is 301 + 1?\", \"source\": \"somebody else\"}";
            assertThat(post(service, "application/json", question).statusCode()).isEqualTo(401);
            HttpRequest wrong = request(service, "application/json", question)
                    .header("Authorization", "Bearer 0123456789abcdee")
                    .build();
            assertThat(CLIENT.send(wrong, HttpResponse.BodyHandlers.ofString()).statusCode())
                    .isEqualTo(401);
            HttpRequest right = request(service, "application/json", question)
                    .header("Authorization", "Bearer 0123456789abcdef")
                    .build();
            assertThat(CLIENT.send(right, HttpResponse.BodyHandlers.ofString()).statusCode())
                    .isEqualTo(202);
            await().untilAsserted(() -> assertThat(QUESTIONS)
                    .contains(new ArrivingQuestion("kiosk.k-1", "What is 301 + 1?", null, "kiosk")));
        }
    }

    @Test
    void theQuestionOfAServedChatTakesTheRoadOfAllQuestions() throws Exception {
        Path keys = Files.writeString(runs.resolve("keys"), "endpoint 0123456789abcdef\n");
        try (ConfigurableApplicationContext service =
                        start("--tempo.policy.question-keys=" + keys, "--tempo.policy.filters.shortest=5");
                ChatQuestions chats = chats(service, "0123456789abcdef");
                ChatQuestions strangers = chats(service, "0123456789abcdee")) {
            LearningWish willing = new LearningWish(Consent.YES, Consent.UNSAID, "chats, key 1");
            String answer = "0123456789abcdef0123456789abcdef";
            assertThat(strangers.hand(answer, "What is 502 + 1?", willing)).isPresent();
            String id = chats.hand(answer, "What is 501 + 1?", willing).orElseThrow();
            await().untilAsserted(() -> assertThat(QUESTIONS)
                    .contains(new ArrivingQuestion("endpoint." + id, "What is 501 + 1?", null, "endpoint")));
            await().until(() -> Objects.equals(chats.counts().get("taken"), 1L));
            assertThat(chats.hand("1".repeat(32), "503?", willing)).isPresent();
            await().until(() -> Objects.equals(chats.counts().get("refused"), 1L));
            assertThat(chats.delete(id).join()).isTrue();
            await().untilAsserted(() -> assertThat(QUESTIONS).contains(ArrivingQuestion.deleted("endpoint." + id)));
            await().until(() -> Objects.equals(strangers.counts().get("failed"), 1L));
            assertThat(strangers.problem())
                    .hasValueSatisfying(why -> assertThat(why).endsWith("answers 401"));
            assertThat(QUESTIONS).extracting(ArrivingQuestion::question).doesNotContain("What is 502 + 1?", "503?");
        }
    }

    private static ChatQuestions chats(ConfigurableApplicationContext service, String key) {
        return new ChatQuestions(
                new LearningSettings(0, uri(service, "/v1/questions"), key, null), new SimpleMeterRegistry());
    }

    @Test
    void aRecordThatIsNoQuestionIsADeadLetterWithTheReason() {
        produce("d-1", "{\"id\":\"d-1\"}");
        produce("d-2", "{\"id\":\"d-3\",\"question\":\"What is 401 + 1?\"}");
        produce("d-4", "{\"id\":\"d-4\",\"question\":\"What is 404 + 1?\"}");
        await().untilAsserted(() ->
                assertThat(QUESTIONS).contains(new ArrivingQuestion("d-4", "What is 404 + 1?", null, null)));
        assertThat(QUESTIONS).extracting(ArrivingQuestion::id).doesNotContain("d-1", "d-2", "d-3");
        List<String> reasons = new ArrayList<>();
        await().untilAsserted(() -> {
            others.getBean(DeadLetterBox.class)
                    .read(Topics.ARRIVING_QUESTIONS.name(), letter -> reasons.add(letter.header("reason")));
            assertThat(reasons)
                    .anyMatch(reason -> reason.contains("question is missing; a deletion is a record with"))
                    .anyMatch(reason -> reason.contains("the record's key is d-2 but must be d-3"));
        });
    }

    private static void refused(ConfigurableApplicationContext service, String body, int status, String words)
            throws Exception {
        HttpResponse<String> response = post(service, "application/json", body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.body()).contains(words);
    }

    private static ConfigurableApplicationContext start(String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("--spring.kafka.bootstrap-servers=" + Broker.bootstrapServers(), "--server.port=0"));
        arguments.addAll(List.of(more));
        return PolicyService.application().run(arguments.toArray(String[]::new));
    }

    private static URI uri(ConfigurableApplicationContext service, String path) {
        return URI.create("http://127.0.0.1:" + service.getEnvironment().getProperty("local.server.port") + path);
    }

    private static String health(ConfigurableApplicationContext service) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(uri(service, "/actuator/health")).build();
        return CLIENT.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    private static HttpRequest.Builder request(ConfigurableApplicationContext service, String type, String body) {
        return HttpRequest.newBuilder(uri(service, "/v1/questions"))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private static HttpResponse<String> post(ConfigurableApplicationContext service, String type, String body)
            throws IOException, InterruptedException {
        return CLIENT.send(request(service, type, body).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** A producer that knows nothing of this project. */
    private static void produce(String key, @Nullable String value) {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                java.util.Map.of("bootstrap.servers", Broker.bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                    "arriving-questions",
                    key,
                    value == null ? null : value.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        }
    }

    private static void submit(Run run) {
        others.getBean(Publisher.class).publish(Topics.RUNS, run);
    }

    private static void write(List<ValuedTrajectory> rows) {
        others.getBean(Publisher.class).publishAll(Topics.VALUED_TRAJECTORIES, rows);
    }

    private static @Nullable PolicyVersion latest(Run run) {
        return VERSIONS.stream()
                .filter(version -> version.run().equals(run.run()))
                .reduce((former, later) -> later)
                .orElse(null);
    }

    private static DrawnQuestions awaitDraw(Run run, int version) {
        await().atMost(Duration.ofMinutes(1)).until(() -> {
            PolicyVersion latest = latest(run);
            return latest != null && latest.version() == version && latest.questions() != null;
        });
        return Objects.requireNonNull(Objects.requireNonNull(latest(run)).questions());
    }

    /** The SHA-256 of each version, in order. */
    private static List<String> weights(Run run) {
        return VERSIONS.stream()
                .filter(version -> version.run().equals(run.run()))
                .map(version -> version.version() + " " + version.model().sha256())
                .distinct()
                .map(version -> version.substring(version.indexOf(' ') + 1))
                .toList();
    }
}
