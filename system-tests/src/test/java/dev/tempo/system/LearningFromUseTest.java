package dev.tempo.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.PolicyVersion;
import dev.tempo.contract.Promotion;
import dev.tempo.contract.PromotionOutcome;
import dev.tempo.contract.Topics;
import dev.tempo.runs.RunDirectory;
import dev.tempo.standalone.command.StatusCommand;
import dev.tempo.standalone.command.SubmitCommand;
import dev.tempo.standalone.launch.BrokerConnection;
import dev.tempo.standalone.promotion.FinishCommand;
import dev.tempo.standalone.promotion.PromoteCommand;
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
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import picocli.CommandLine;

/** A run without an end over questions that arrive, through all services, with a trainer that is killed in the middle. */
@ExtendWith(SharedSystem.class)
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class LearningFromUseTest {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Path QUICKSTART =
            Path.of("..", "recipes", "quickstart", "seed0").toAbsolutePath().normalize();

    private static final String RECIPE = """
        extends: tiny.yaml
        name: kiosk
        data: {unlabeled: {file: ~, id: ~, arriving: true}}
        evaluation: {every: 100, sets: {unlabeled: {isTestTimeSet: false}}}
        promotion: {file: promotion.jsonl, id: id, every: 2, samples: 2, step: 4, margin: 0.3, passMargin: 0.5,
          malformedMargin: 0.9, lengthMargin: 0.9}
        stages:
          - {name: stage1, rounds: 1, criticWarmUp: 1}
          - {name: test-time, rounds: unbounded, recalibration: {every: 3}}
        """;

    private final List<PolicyVersion> versions = new CopyOnWriteArrayList<>();
    private final List<Promotion> promotions = new CopyOnWriteArrayList<>();

    @Test
    void aRunLearnsFromWhatArrivesWaitsOutlivesItsTrainerAndEndsWhenItIsFinished(RunningSystem system)
            throws Exception {
        Path recipe = Files.writeString(system.workload().directory().resolve("kiosk.yaml"), RECIPE);
        system.workload().promotionQuestions("promotion.jsonl", 10, 18);
        List<String> questions = Files.readAllLines(QUICKSTART.resolve("unlabeled.jsonl"));
        try (BrokerConnection connection =
                BrokerConnection.connect(system.running().ports().bootstrapServers())) {
            connection.follow(Topics.POLICY_VERSIONS, version -> add(version));
            connection.follow(Topics.PROMOTIONS, promotion -> add(promotion));
            assertThat(execute(
                            new SubmitCommand(),
                            system,
                            recipe.toString(),
                            "--id=kiosk",
                            "--runs=" + system.directory("kiosk").getParent()))
                    .isZero();
            Awaitility.await().atMost(PATIENCE).until(() -> newest() == 1);
            assertThat(latest().questions()).isNull();

            assertThat(post(system, String.join("\n", questions.subList(40, 46))))
                    .isEqualTo(202);
            Awaitility.await().atMost(PATIENCE).until(() -> newest() >= 2);
            ServiceProcess.of("dev.tempo.policy.PolicyService").kill();
            Awaitility.await()
                    .atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> post(system, String.join("\n", questions.subList(50, 54))) == 202);
            Awaitility.await().atMost(PATIENCE).until(() -> newest() >= 4);
            assertThat(drawnTwice())
                    .as("rounds of which two draws were published")
                    .isEmpty();

            assertThat(execute(new FinishCommand(), system, "kiosk")).isZero();
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> Files.exists(new RunDirectory(system.directory("kiosk")).summary()));
            Awaitility.await().atMost(PATIENCE).until(() -> execute(new StatusCommand(), system, "kiosk") == 0);
        }
        RunDirectory files = new RunDirectory(system.directory("kiosk"));
        assertThat(latest().last()).isTrue();
        assertThat(files.finalModel().resolve("model.safetensors")).exists();
        assertThat(files.report()).content().contains("kiosk");
        assertThat(promotions.get(0).outcome()).isEqualTo(PromotionOutcome.PROMOTED);
        assertThat(promotions.get(promotions.size() - 1).version())
                .as("the last version is tried before the run ends")
                .isEqualTo(latest().version());
        assertThat(promotions.get(promotions.size() - 1).comparisons()).hasSize(4);
        assertThat(execute(new PromoteCommand(), system, "kiosk", "v2")).isNotZero();
    }

    private void add(PolicyVersion version) {
        if (version.run().equals("kiosk")) {
            versions.add(version);
        }
    }

    private void add(Promotion promotion) {
        if (promotion.run().equals("kiosk")) {
            promotions.add(promotion);
        }
    }

    private PolicyVersion latest() {
        return versions.get(versions.size() - 1);
    }

    private int newest() {
        return versions.stream().mapToInt(PolicyVersion::version).max().orElse(-1);
    }

    private List<Integer> drawnTwice() {
        TreeMap<Integer, Object> draws = new TreeMap<>();
        List<Integer> twice = new ArrayList<>();
        for (PolicyVersion version : versions) {
            if (version.questions() != null) {
                Object before = draws.putIfAbsent(version.version(), version.questions());
                if (before != null && !before.equals(version.questions())) {
                    twice.add(version.version());
                }
            }
        }
        return twice;
    }

    private static int post(RunningSystem system, String lines) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + (system.running().ports().base() + 3) + "/v1/questions");
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/x-ndjson")
                .POST(HttpRequest.BodyPublishers.ofString(lines))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    private static int execute(Object command, RunningSystem system, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--bootstrap=" + system.running().ports().bootstrapServers());
        all.add("--workspace=" + system.root().resolve("operator"));
        return new CommandLine(command).execute(all.toArray(String[]::new));
    }
}
