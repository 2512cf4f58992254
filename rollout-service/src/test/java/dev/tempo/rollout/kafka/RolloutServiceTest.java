package dev.tempo.rollout.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tempo.contract.ModelReference;
import dev.tempo.contract.Purpose;
import dev.tempo.contract.RequestId;
import dev.tempo.contract.RolloutRequest;
import dev.tempo.contract.Run;
import dev.tempo.contract.RunState;
import dev.tempo.contract.Topic;
import dev.tempo.contract.Topics;
import dev.tempo.contract.Trajectory;
import dev.tempo.contract.recipe.Generation;
import dev.tempo.messaging.Broker;
import dev.tempo.messaging.Publisher;
import dev.tempo.messaging.Wire;
import dev.tempo.rollout.RolloutService;
import dev.tempo.rollout.Samples;
import dev.tempo.serving.http.ServingServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.test.annotation.DirtiesContext;

/** The whole service against a real broker: records in, records out. */
@SpringBootTest(
        classes = RolloutService.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.name=rollout-service",
            "tempo.rollout.serving.port=0",
            "tempo.rollout.serving.name=words",
            "tempo.rollout.serving.learn.share=0.5"
        })
@Import({Broker.class, Heard.class})
@DirtiesContext
class RolloutServiceTest {
    private static final Generation CALCULATED = new Generation(1, 12, "calculator");

    @TempDir
    static Path folder;

    private static ModelReference model;

    @Autowired
    private Publisher publisher;

    @Autowired
    private KafkaTemplate<String, byte[]> records;

    @Autowired
    private Heard heard;

    @Autowired
    private ServingServer serving;

    @LocalServerPort
    private int port;

    private final String run = "run-" + UUID.randomUUID();

    @BeforeAll
    static void aTinyModel() {
        model = Samples.model(folder.resolve("model"));
    }

    @Test
    void trajectoriesGoToTheTopicOfTheirPurpose() {
        RolloutRequest warmUp = request(Purpose.WARM_UP, CALCULATED);
        RolloutRequest labeled = request(Purpose.LABELED, CALCULATED);
        RolloutRequest evaluation = request(Purpose.EVALUATION, CALCULATED);

        publisher.publishAll(Topics.LABELED_ROLLOUT_REQUESTS, List.of(warmUp, labeled));
        publisher.publish(Topics.EVALUATION_ROLLOUT_REQUESTS, evaluation);

        assertAnswered(heard.labeled, warmUp);
        assertAnswered(heard.labeled, labeled);
        assertAnswered(heard.evaluation, evaluation);
    }

    @Test
    void theSameRequestTwiceGivesTheSameBits() {
        RolloutRequest request = request(Purpose.LABELED, CALCULATED);

        publisher.publish(Topics.LABELED_ROLLOUT_REQUESTS, request);
        soon().until(() -> Heard.of(heard.labeled, request.id()).size() == 3);
        publisher.publish(Topics.LABELED_ROLLOUT_REQUESTS, request);
        soon().until(() -> Heard.of(heard.labeled, request.id()).size() == 6);

        List<Trajectory> all = Heard.of(heard.labeled, request.id());
        assertThat(all.subList(3, 6)).isEqualTo(all.subList(0, 3));
    }

    @Test
    void anUnknownEnvironmentEndsInFailures() {
        RolloutRequest request = request(Purpose.LABELED, new Generation(1, 12, "abacus"));

        publisher.publish(Topics.LABELED_ROLLOUT_REQUESTS, request);

        soon().untilAsserted(() -> assertThat(Heard.of(heard.labeled, request.id()))
                .hasSize(3)
                .allSatisfy(failed -> assertThat(failed.failure()).contains("'abacus'")));
    }

    /** The record is what the log holds when two workers have died of a request among others, and two of it alone. */
    @Test
    void aRequestThatTookWorkersDownEndsAsFailedWithThatReasonOnTheTopicOfItsPurpose() {
        RolloutRequest request = request(Purpose.EVALUATION, CALCULATED);
        Topic<RolloutRequest> suspects = Topics.SUSPECT_ROLLOUT_REQUESTS;
        ProducerRecord<String, byte[]> deadly =
                new ProducerRecord<>(suspects.name(), null, suspects.keyOf(request), Wire.write(request));
        deadly.headers().add("deliveries-before", "2".getBytes(StandardCharsets.UTF_8));

        records.send(deadly).join();

        soon().untilAsserted(() -> assertThat(Heard.of(heard.evaluation, request.id()))
                .hasSize(3)
                .allSatisfy(failed -> assertThat(failed.failure())
                        .isEqualTo(
                                "taken 4 times by workers that neither finished nor refused it, the last 2 times alone;"
                                        + " they may have died of it")));
    }

    @Test
    void aVersionOfAnActiveRunIsAskedAndAnswered() {
        Run submitted = Samples.run(run, Samples.unlabeledFile(folder, 4));

        publisher.publish(Topics.RUNS, submitted);
        publisher.publish(Topics.POLICY_VERSIONS, Samples.version(submitted, Samples.LABELED_ROUNDS, model));

        soon().untilAsserted(() -> assertThat(Heard.where(heard.unlabeled, this::isOfThisRun))
                .hasSize(6)
                .noneMatch(Trajectory::isFailed));
        assertThat(heard.requests.stream().filter(request -> request.id().run().equals(run)))
                .hasSize(2);
        publisher.publish(Topics.RUNS, submitted.withState(RunState.FINISHED));
    }

    @Test
    void aVersionThatWasAnnouncedIsServed() {
        Run submitted = Samples.run(run, Samples.unlabeledFile(folder, 4)).withState(RunState.PAUSED);
        publisher.publish(Topics.RUNS, submitted);
        publisher.publish(Topics.POLICY_VERSIONS, Samples.version(submitted, Samples.LABELED_ROUNDS, model));

        soon().untilAsserted(() -> assertServed(Samples.LABELED_ROUNDS));
        publisher.publish(Topics.RUNS, submitted.withState(RunState.FINISHED));
    }

    @Test
    void ofARunThatPromotesThePromotedVersionIsServedWhateverIsNewer() throws Exception {
        Run submitted = Samples.promoting(run, Samples.unlabeledFile(folder, 4)).withState(RunState.PAUSED);
        publisher.publish(Topics.RUNS, submitted);
        for (int version = 0; version < 3; version++) {
            publisher.publish(Topics.POLICY_VERSIONS, Samples.version(submitted, version, model));
        }
        soon().untilAsserted(() -> assertServed(0));
        publisher.publish(Topics.PROMOTIONS, Samples.promotion(submitted, 0, 0, model));
        publisher.publish(Topics.PROMOTIONS, Samples.promotion(submitted, 1, 1, model));
        soon().untilAsserted(() -> assertServed(1));
        publisher.publish(Topics.PROMOTIONS, Samples.promotion(submitted, 2, 0, model));
        soon().untilAsserted(() -> assertServed(0));

        assertThat(get("/actuator/prometheus"))
                .containsPattern("tempo_rollout_serving_requests_total\\{.*outcome=\"answered\".*\\} [1-9]")
                .containsPattern("tempo_rollout_serving_tokens_total\\{.*direction=\"out\".*\\} [1-9]")
                .containsPattern("tempo_rollout_serving_version(\\{.*\\})? 0.0")
                .containsPattern("tempo_rollout_serving_first_token_seconds_count(\\{.*\\})? [1-9]");
        assertThat(get("/actuator/health")).contains("\"answers\":\"words@0\"", "\"questions of chats, taken\":0");

        Path broken = Files.createDirectory(folder.resolve("broken"));
        Files.copy(folder.resolve("model").resolve("config.json"), broken.resolve("config.json"));
        ModelReference damaged = new ModelReference(broken.toUri().toString(), "0".repeat(64));
        publisher.publish(Topics.PROMOTIONS, Samples.promotion(submitted, 3, 3, damaged));
        soon().untilAsserted(() -> assertThat(get("/actuator/health")).contains("\"words@3\":\"cannot be loaded"));
        assertThat(get("/actuator/health")).contains("\"DOWN\"", "\"answers\":\"words@0\"");
        assertServed(0);
        publisher.publish(Topics.PROMOTIONS, Samples.promotion(submitted, 4, 1, model));
        soon().untilAsserted(() -> assertServed(1));
        assertThat(get("/actuator/health")).doesNotContain("\"DOWN\"");
        publisher.publish(Topics.RUNS, submitted.withState(RunState.FINISHED));
    }

    private void assertServed(int version) throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + serving.port() + "/v1/completions"))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(
                                        "{\"model\": \"words\", \"prompt\": [3, 4], \"max_tokens\": 3}"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("x-tempo-weights")).hasValue(model.sha256());
        assertThat(answer.body()).contains("\"words@" + version + "\"");
    }

    @Test
    void unlabeledQuestionsWithAnswersTurnHealthDownAndNothingIsAsked() throws Exception {
        Path file = Samples.write(
                Files.createTempFile(folder, "leaking", ".jsonl"),
                List.of("{\"id\": \"q\", \"question\": \"x=1\", \"answer\": \"1\"}"));
        Run submitted = Samples.run(run, file);

        publisher.publish(Topics.RUNS, submitted);
        publisher.publish(Topics.POLICY_VERSIONS, Samples.version(submitted, Samples.LABELED_ROUNDS, model));

        soon().untilAsserted(() -> assertThat(get("/actuator/health"))
                .contains("\"DOWN\"")
                .contains(run)
                .contains("column 'answer' is not allowed"));
        assertThat(heard.requests).noneMatch(request -> request.id().run().equals(run));
        publisher.publish(Topics.RUNS, submitted.withState(RunState.FINISHED));
        soon().untilAsserted(() -> assertThat(get("/actuator/health")).doesNotContain(run));
    }

    @Test
    void whatWasGeneratedIsCounted() {
        RolloutRequest request = request(Purpose.LABELED, CALCULATED);
        publisher.publish(Topics.LABELED_ROLLOUT_REQUESTS, request);
        assertAnswered(heard.labeled, request);

        soon().untilAsserted(() -> assertThat(get("/actuator/prometheus"))
                .containsPattern("tempo_rollout_tokens_total(\\{.*\\})? [1-9]")
                .containsPattern("tempo_rollout_response_tokens_count(\\{.*\\})? [1-9]")
                .containsPattern("tempo_rollout_generation_seconds_count(\\{.*\\})? [1-9]")
                .containsPattern("tempo_rollout_trajectories_total\\{.*stop=\"(end|length)\".*\\} [1-9]")
                .contains("tempo_rollout_requests_open")
                .contains("tempo_rollout_requests_reasked_total")
                .contains("tempo_rollout_requests_failed_total")
                .contains("tempo_rollout_round_stalled"));
    }

    private void assertAnswered(Queue<Trajectory> topic, RolloutRequest request) {
        soon().untilAsserted(() -> assertThat(Heard.of(topic, request.id()))
                .extracting(trajectory -> trajectory.id().sample())
                .containsExactly(0, 1, 2));
        assertThat(Heard.of(topic, request.id())).noneMatch(Trajectory::isFailed);
    }

    private RolloutRequest request(Purpose purpose, Generation generation) {
        return new RolloutRequest(
                new RequestId(run, 0, purpose, 0, "q"), 7, model, "default", "x*2+3=5", 3, generation);
    }

    private boolean isOfThisRun(Trajectory trajectory) {
        return trajectory.id().request().run().equals(run);
    }

    private String get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50));
    }
}
