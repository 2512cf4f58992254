package dev.tempo.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tempo.contract.Answer;
import dev.tempo.contract.JudgedTrajectory;
import dev.tempo.contract.Purpose;
import dev.tempo.contract.Topics;
import dev.tempo.judging.RunBuilder;
import dev.tempo.judging.model.ChatServer;
import dev.tempo.messaging.Broker;
import dev.tempo.messaging.Publisher;
import dev.tempo.messaging.Subscription;
import dev.tempo.messaging.Subscriptions;
import dev.tempo.plugin.Outcome;
import dev.tempo.plugin.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.client.RestClient;

/** A judge model behind the real service and broker. */
@SpringBootTest(
        classes = JudgeService.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.name=judge-service",
            "tempo.judge.ask-again-after=100ms",
            "tempo.judge.models.model.attempts=1",
            "tempo.judge.models.model.circuit-pause=100ms",
            "tempo.judge.models.model.requests-per-second=1000"
        })
@Import({Broker.class, ModelServiceTest.Reader.class})
class ModelServiceTest {
    private static final int PORT = freePort();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Autowired
    private Publisher publisher;

    @Autowired
    private Reader reader;

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void model(DynamicPropertyRegistry properties) throws IOException {
        String cache = Files.createTempDirectory("judge-cache").toString();
        properties.add("tempo.judge.models.model.base-url", () -> "http://127.0.0.1:" + PORT + "/v1");
        properties.add("tempo.judge.models.model.cache-directory", () -> cache);
    }

    @Test
    void whatAnAbsentModelShouldHaveJudgedIsJudgedWhenItIsThere() {
        publisher.publish(
                Topics.RUNS,
                RunBuilder.aRun("late-model")
                        .judgedBy(Map.of("default", List.of("exact-match", "model")))
                        .active());
        publisher.publish(
                Topics.LABELED_ANSWERS,
                new Answer("late-model", Purpose.LABELED, "q", "Q: what pumps blood?", "the heart", "default"));
        publisher.publishAll(
                Topics.LABELED_TRAJECTORIES,
                IntStream.range(0, 20)
                        .mapToObj(i -> Rollouts.ended(
                                Rollouts.labeled("late-model", "q").sample(i),
                                i % 2 == 0 ? "Answer: the heart" : "Answer: the liver"))
                        .toList());

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(health())
                        .contains("waits for judge 'model' is unavailable")
                        .contains("ConnectException"));
        assertThat(reader.of("late-model")).isEmpty();

        try (ChatServer server = new ChatServer(ChatServer.honest(), PORT)) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(reader.of("late-model")).hasSize(20));
            assertThat(reader.of("late-model"))
                    .extracting(Verdict::outcome)
                    .containsExactlyElementsOf(IntStream.range(0, 20)
                            .mapToObj(i -> i % 2 == 0 ? Outcome.CORRECT : Outcome.WRONG)
                            .toList());
            assertThat(reader.of("late-model")).extracting(Verdict::judge).containsOnly("model");
            assertThat(server.calls()).isPositive();
        }
        assertThat(get("/actuator/prometheus"))
                .contains("tempo_judge_agreement_total{agrees=\"true\"")
                .contains("tempo_judge_model_calls_total{");
    }

    private String health() {
        return get("/actuator/health");
    }

    private String get(String path) {
        return Objects.requireNonNull(RestClient.create("http://127.0.0.1:" + port)
                .get()
                .uri(path)
                .exchange((request, response) ->
                        new String(response.getBody().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)));
    }

    private static int freePort() {
        try (ChatServer free = new ChatServer(ChatServer.honest())) {
            return free.port();
        }
    }

    @TestConfiguration(proxyBeanMethods = false)
    static class Reader {
        private final List<JudgedTrajectory> labeled = new CopyOnWriteArrayList<>();

        @Bean
        Subscription judgedByModel(Subscriptions subscriptions) {
            return subscriptions.everything(Topics.JUDGED_LABELED_TRAJECTORIES, labeled::add);
        }

        List<Verdict> of(String run) {
            return labeled.stream()
                    .filter(row -> row.trajectory().id().request().run().equals(run))
                    .sorted((a, b) ->
                            a.trajectory().id().compareTo(b.trajectory().id()))
                    .map(JudgedTrajectory::verdict)
                    .toList();
        }
    }
}
