package dev.tempo.eval;

import static dev.tempo.eval.Verdicts.correct;
import static dev.tempo.eval.Verdicts.valued;
import static dev.tempo.eval.Verdicts.wrong;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tempo.contract.Answer;
import dev.tempo.contract.ArrivingQuestion;
import dev.tempo.contract.CriticVersion;
import dev.tempo.contract.EvaluationReport;
import dev.tempo.contract.JudgedTrajectory;
import dev.tempo.contract.ModelReference;
import dev.tempo.contract.PolicyVersion;
import dev.tempo.contract.Promotion;
import dev.tempo.contract.PromotionOutcome;
import dev.tempo.contract.RolloutRequest;
import dev.tempo.contract.Run;
import dev.tempo.contract.RunState;
import dev.tempo.contract.Topics;
import dev.tempo.messaging.Broker;
import dev.tempo.messaging.Publisher;
import dev.tempo.messaging.Subscription;
import dev.tempo.messaging.Subscriptions;
import dev.tempo.messaging.TrainerLoop;
import dev.tempo.runs.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.web.client.RestClient;

/** The service against a real broker. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"spring.config.name=eval-service", "tempo.eval.patience=1s"})
@Import({Broker.class, EvalServiceTest.Readers.class})
class EvalServiceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    private final List<Run> submitted = new ArrayList<>();

    @Autowired
    private Publisher publisher;

    @Autowired
    private Readers readers;

    @Autowired
    private KafkaConnectionDetails brokers;

    @Autowired
    private TrainerLoop<JudgedTrajectory> measuring;

    @LocalServerPort
    private int port;

    @Test
    void aVersionIsAskedForJudgedReportedAndShown() {
        Run run = RunBuilder.aRun("measured", directory)
                .measuredOn("holdout", 2)
                .withCriticQualityOn("holdout")
                .active();
        submit(run);
        publisher.publish(Topics.POLICY_VERSIONS, RunBuilder.version(run, 0, Map.of("loss", 0.125)));

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(requests("measured"))
                        .extracting(RolloutRequest::questionText)
                        .contains("question 0", "question 1"));
        assertThat(readers.answers).extracting(Answer::question).contains("holdout/q0", "holdout/q1");

        for (RolloutRequest request : requests("measured").stream().distinct().toList()) {
            String answer = request.questionText().substring("question ".length());
            publisher.publish(
                    Topics.JUDGED_EVALUATION_TRAJECTORIES, correct(request.id().sample(0), answer));
            publisher.publish(
                    Topics.JUDGED_EVALUATION_TRAJECTORIES, wrong(request.id().sample(1), "7", false));
            publisher.publish(
                    Topics.VALUED_EVALUATION_TRAJECTORIES, valued(request.id().sample(0), 0.75f));
            publisher.publish(
                    Topics.VALUED_EVALUATION_TRAJECTORIES, valued(request.id().sample(1), 0.25f));
        }

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(reports("measured")).hasSize(1));
        EvaluationReport report = reports("measured").get(0);
        assertThat(report.sets().get(0).avg().value()).isEqualTo(0.5);
        assertThat(Objects.requireNonNull(report.critic()).auc()).isEqualTo(1);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(get("/api/runs/measured"))
                        .contains("\"auc\":1.0")
                        .contains("\"loss\":0.125")
                        .contains("\"name\":\"tempo\",\"first\":4"));
        assertThat(get("/api/runs")).contains("\"run\":\"measured\"").contains("\"state\":\"active\"");
        assertThat(get("/")).contains("<html").doesNotContain("src=\"http", "href=\"http");
        assertThat(get("/actuator/prometheus"))
                .contains("tempo_eval_accuracy{", "set=\"holdout\"} 0.5")
                .contains("tempo_eval_pass_at_k{")
                .contains("tempo_eval_critic_auc", "tempo_eval_critic_brier")
                .contains("tempo_eval_requests_open", "tempo_eval_round_stalled");
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(get("/actuator/health")).contains("openRequests"));
    }

    @Test
    void whatNobodyAnswersIsAskedForAgain() {
        Run run = RunBuilder.aRun("late", directory).measuredOn("holdout", 1).active();
        submit(run);
        publisher.publish(Topics.POLICY_VERSIONS, RunBuilder.version(run, 0, Map.of()));

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(requests("late")).hasSizeGreaterThan(1));
        assertThat(requests("late").stream().distinct()).hasSize(1);
    }

    @Test
    void aRestartedServiceAsksForTheVersionsThatHaveNoReport() {
        Run run = RunBuilder.aRun("restarted", directory)
                .measuredOn("holdout", 1)
                .everyRounds(1, 4)
                .active();
        submit(run);
        publisher.publish(Topics.POLICY_VERSIONS, RunBuilder.version(run, 0, Map.of()));
        await().atMost(PATIENCE).until(() -> !requests("restarted").isEmpty());
        publisher.publish(
                Topics.JUDGED_EVALUATION_TRAJECTORIES,
                correct(requests("restarted").get(0).id().sample(0), "0"));
        publisher.publish(
                Topics.JUDGED_EVALUATION_TRAJECTORIES,
                correct(requests("restarted").get(0).id().sample(1), "0"));
        await().atMost(PATIENCE).until(() -> !reports("restarted").isEmpty());
        publisher.publish(Topics.POLICY_VERSIONS, RunBuilder.version(run, 1, Map.of()));

        SpringApplicationBuilder application = EvalService.application();
        try (ConfigurableApplicationContext second = application.run(
                "--server.port=0",
                "--spring.kafka.bootstrap-servers=" + String.join(",", brokers.getBootstrapServers()),
                "--tempo.eval.patience=1h")) {
            EvaluationPlanner standby = second.getBean(EvaluationPlanner.class);
            assertThat(standby.openRequests()).isZero();
            measuring.stop();
            await().atMost(PATIENCE).until(() -> standby.openRequests() > 0);
            assertThat(standby.waitingFor()).containsKey("run restarted v1");
            assertThat(standby.waitingFor()).doesNotContainKey("run restarted v0");
        } finally {
            measuring.start();
        }
    }

    @Test
    void aVersionIsTriedAgainstThePromotedOneAndTakesItsPlace() throws IOException {
        Run run = RunBuilder.aRun("promoting", directory).promoting(120, 60).active();
        Path files = Files.createDirectories(RunDirectory.of(run).policy().version(1));
        Files.writeString(files.resolve("model.safetensors"), "weights");
        submit(run);
        PolicyVersion base = RunBuilder.version(run, 0, Map.of());
        publisher.publish(Topics.POLICY_VERSIONS, base);
        await().atMost(PATIENCE).until(() -> promotions("promoting").size() == 1);
        PolicyVersion next = RunBuilder.version(run, 1, Map.of());
        publisher.publish(
                Topics.POLICY_VERSIONS,
                new PolicyVersion(
                        next.run(),
                        1,
                        new ModelReference(files.toUri().toString(), DigestUtils.sha256Hex("weights")),
                        next.stage(),
                        next.roundOfStage(),
                        false,
                        next.statistics(),
                        next.rows(),
                        1,
                        1));
        for (int step = 1; step <= 2; step++) {
            int asked = 120 * step;
            await().atMost(PATIENCE)
                    .until(() -> requests("promoting").stream().distinct().count() == asked);
            for (RolloutRequest request :
                    requests("promoting").stream().distinct().toList()) {
                for (int sample = 0; sample < 2; sample++) {
                    publisher.publish(
                            Topics.JUDGED_EVALUATION_TRAJECTORIES,
                            correct(request.id().sample(sample), "7"));
                }
            }
        }
        await().atMost(PATIENCE).until(() -> promotions("promoting").size() == 2);
        Promotion promoted = promotions("promoting").get(1);
        assertThat(promoted.outcome()).isEqualTo(PromotionOutcome.PROMOTED);
        assertThat(promoted.comparisons())
                .allSatisfy(comparison -> assertThat(comparison.notWorse()).isGreaterThanOrEqualTo(.95));
        assertThat(RunDirectory.of(run).promotions().version(1).resolve("model.safetensors"))
                .hasContent("weights");
        assertThat(reports("promoting")).as("it is no benchmark").isEmpty();
    }

    @Test
    void whatChatsAskIsAskedOfCandidateAndPromotedVersionAndCompared() {
        Run run = RunBuilder.aRun("shadowing", directory)
                .promoting(10, 5)
                .shadowing(1)
                .active();
        assertThat(Path.of(run.directory()).toFile().mkdirs()).isTrue();
        submit(run);
        publisher.publish(Topics.POLICY_VERSIONS, RunBuilder.version(run, 0, Map.of()));
        await().atMost(PATIENCE).until(() -> promotions("shadowing").size() == 1);
        publisher.publish(Topics.CRITIC_VERSIONS, new CriticVersion("shadowing", 0, run.base(), true, Map.of(), 1, 1));
        publisher.publish(Topics.POLICY_VERSIONS, RunBuilder.version(run, 1, Map.of()));

        AtomicInteger chats = new AtomicInteger();
        await().atMost(PATIENCE).until(() -> {
            String id = "chat-%032x".formatted(chats.incrementAndGet());
            publisher.publish(Topics.ARRIVING_QUESTIONS, new ArrivingQuestion(id, "what?", null, null));
            return requests("shadowing").stream().anyMatch(request -> ofShadow(request, 1));
        });
        await().atMost(PATIENCE).until(() -> requests("shadowing").stream().anyMatch(request -> ofShadow(request, 0)));
        requests("shadowing").stream()
                .filter(request -> ofShadow(request, 0) || ofShadow(request, 1))
                .forEach(request -> publisher.publish(
                        Topics.VALUED_EVALUATION_TRAJECTORIES,
                        valued(request.id().sample(0), ofShadow(request, 1) ? 0.75f : 0.5f)));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(get("/actuator/prometheus"))
                        .contains("tempo_eval_shadow_difference{measure=\"value\"} 0.25"));
    }

    private static boolean ofShadow(RolloutRequest request, int version) {
        return request.id().question().startsWith("shadow/v" + version + "/");
    }

    private List<Promotion> promotions(String run) {
        return readers.promotions.stream()
                .filter(promotion -> promotion.run().equals(run))
                .toList();
    }

    private void submit(Run run) {
        publisher.publish(Topics.RUNS, run);
        submitted.add(run);
    }

    /** The service writes into the directory of a run that is active, which JUnit deletes after the test. */
    @AfterEach
    void finish() {
        submitted.forEach(run -> publisher.publish(Topics.RUNS, run.withState(RunState.FINISHED)));
        for (Run run : submitted) {
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(get("/api/runs/" + run.run())).contains("\"state\":\"finished\""));
        }
        AtomicBoolean reached = new AtomicBoolean();
        measuring.post(() -> reached.set(true));
        await().atMost(PATIENCE).untilTrue(reached);
    }

    private List<RolloutRequest> requests(String run) {
        return readers.requests.stream()
                .filter(request -> request.id().run().equals(run))
                .toList();
    }

    private List<EvaluationReport> reports(String run) {
        return readers.reports.stream()
                .filter(report -> report.run().equals(run))
                .toList();
    }

    private String get(String path) {
        return Objects.requireNonNull(RestClient.create("http://127.0.0.1:" + port)
                .get()
                .uri(path)
                .retrieve()
                .body(String.class));
    }

    @TestConfiguration(proxyBeanMethods = false)
    static class Readers {
        private final List<Answer> answers = new CopyOnWriteArrayList<>();
        private final List<RolloutRequest> requests = new CopyOnWriteArrayList<>();
        private final List<EvaluationReport> reports = new CopyOnWriteArrayList<>();
        private final List<Promotion> promotions = new CopyOnWriteArrayList<>();

        @Bean
        Subscription requestsOut(Subscriptions subscriptions) {
            return subscriptions.everything(Topics.EVALUATION_ROLLOUT_REQUESTS, requests::add);
        }

        @Bean
        Subscription answersOut(Subscriptions subscriptions) {
            return subscriptions.everything(Topics.EVALUATION_ANSWERS, answers::add);
        }

        @Bean
        Subscription promotionsOut(Subscriptions subscriptions) {
            return subscriptions.everything(Topics.PROMOTIONS, promotions::add);
        }

        @Bean
        Subscription reportsOut(Subscriptions subscriptions) {
            return subscriptions.everything(Topics.EVALUATION_REPORTS, reports::add);
        }
    }
}
