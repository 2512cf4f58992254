package dev.tempo.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tempo.contract.PolicyVersion;
import dev.tempo.contract.Promotion;
import dev.tempo.contract.PromotionOutcome;
import dev.tempo.contract.Run;
import dev.tempo.contract.RunState;
import dev.tempo.contract.Topics;
import dev.tempo.contract.ValuedTrajectory;
import dev.tempo.messaging.Broker;
import dev.tempo.messaging.Publisher;
import dev.tempo.messaging.Subscription;
import dev.tempo.messaging.Subscriptions;
import dev.tempo.messaging.service.RunLines;
import dev.tempo.runs.RunBoard;
import dev.tempo.runs.RunDirectory;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** The service as it runs, against a real broker: runs and valued trajectories in, policy versions out. */
class PolicyServiceTest {
    @TempDir
    static Path models;

    static Path base;
    static ConfigurableApplicationContext others;
    static Subscription subscription;
    static final List<PolicyVersion> VERSIONS = new CopyOnWriteArrayList<>();

    @TempDir
    Path runs;

    /** The other services' side of the broker. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Others {}

    @BeforeAll
    static void startOthers() {
        base = TinyModel.write(models.resolve("base"));
        others = new SpringApplicationBuilder(Others.class)
                .web(WebApplicationType.NONE)
                .run("--spring.kafka.bootstrap-servers=" + Broker.bootstrapServers());
        subscription = others.getBean(Subscriptions.class).everything(Topics.POLICY_VERSIONS, VERSIONS::add);
        subscription.start();
    }

    @AfterAll
    static void stopOthers() {
        subscription.stop();
        others.close();
    }

    @Test
    void aRunGoesThroughItsRoundsAndMetricsAndHealthTellOfIt() throws Exception {
        Run run = run("service-whole");
        try (ConfigurableApplicationContext service = start();
                RunLines lines = new RunLines()) {
            submit(run);
            for (int round = 0; round < run.recipe().rounds(); round++) {
                awaitVersion(run, round);
                write(rows(run, round));
            }
            awaitVersion(run, run.recipe().rounds());
            assertThat(weights(run)).isEqualTo(undisturbed());

            String metrics = get(service, "prometheus");
            assertThat(metrics)
                    .contains("tempo_policy_version 4.0")
                    .contains("tempo_policy_rows_total{")
                    .contains("tempo_policy_round_stalled 0.0");
            assertThat(
                            metrics.lines()
                                    .filter(
                                            line -> line.matches(
                                                    "tempo_policy_(loss|approx_kl|clip_fraction|gradient_norm|logprob_gap|entropy) .*")))
                    .hasSize(6)
                    .noneMatch(line -> line.endsWith("NaN"));
            await().untilAsserted(() -> assertThat(lines.of("service-whole"))
                    .containsExactly(
                            "model loaded round=0 version=0",
                            "run begun round=0 version=0",
                            "version published round=0 version=0",
                            "round closed round=0 version=0",
                            "version published round=0 version=1",
                            "round closed round=1 version=1",
                            "version published round=1 version=2",
                            "round closed round=2 version=2",
                            "version published round=2 version=3",
                            "round closed round=3 version=3",
                            "version published round=3 version=4",
                            "run finished round=3 version=4"));
            assertThat(get(service, "health"))
                    .contains("\"run service-whole\":\"complete at version 4\"")
                    .doesNotContain("DOWN");
        } finally {
            submit(run.withState(RunState.FINISHED));
        }
    }

    @Test
    void aServiceRestartedWithHalfARoundBufferedGoesOnBitForBit() {
        Run run = run("service-restarted");
        submit(run);
        for (int round = 0; round < run.recipe().rounds(); round++) {
            List<ValuedTrajectory> rows = rows(run, round);
            try (ConfigurableApplicationContext service = start()) {
                awaitVersion(run, round);
                write(rows.subList(0, 3));
                RunBoard board = service.getBean(RunBoard.class);
                await().atMost(Duration.ofMinutes(1))
                        .until(() -> board.describe(run.run()).contains("waits for 3 "));
            }
            write(rows.subList(2, 6));
        }
        try (ConfigurableApplicationContext service = start()) {
            awaitVersion(run, run.recipe().rounds());
            assertThat(weights(run)).isEqualTo(undisturbed());
        } finally {
            submit(run.withState(RunState.FINISHED));
        }
    }

    @Test
    void aStandbyTakesOverWhereTheFirstServiceStopped() {
        Run run = run("service-standby");
        ConfigurableApplicationContext first = start();
        submit(run);
        awaitVersion(run, 0);
        try (ConfigurableApplicationContext standby = start()) {
            write(rows(run, 0).subList(0, 4));
            first.close();
            write(rows(run, 0).subList(4, 6));
            awaitVersion(run, 1);
            assertThat(weights(run).get(1)).isEqualTo(undisturbed().get(1));
        } finally {
            submit(run.withState(RunState.FINISHED));
        }
    }

    @Test
    void twoFailedTrialsBringThePromotedVersionBackThoughTheServiceIsStoppedBetweenVerdictAndPublication() {
        Run run = goingBack("service-back");
        Map<Integer, String> undisturbed = goneBack(goingBack("bench-back"));
        submit(run);
        conclude(run, 0, 0, PromotionOutcome.PROMOTED);
        String promoted;
        try (ConfigurableApplicationContext service = start()) {
            awaitVersion(run, 0);
            write(rows(run, 0));
            awaitVersion(run, 1);
            promoted = SavedState.of(RunDirectory.of(run).policy().checkpoint());
            write(rows(run, 1));
            RunBoard board = service.getBean(RunBoard.class);
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> board.describe(run.run()).contains("waits for the trial of version 1"));
            assertThat(weights(run)).containsOnlyKeys(0, 1);
            conclude(run, 1, 1, PromotionOutcome.PROMOTED);
            awaitVersion(run, 2);
            write(rows(run, 2));
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> board.describe(run.run()).contains("waits for the trial of version 2"));
        }
        conclude(run, 2, 2, PromotionOutcome.WORSE);
        try (ConfigurableApplicationContext service = start()) {
            awaitVersion(run, 3);
            write(rows(run, 3));
            RunBoard board = service.getBean(RunBoard.class);
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> board.describe(run.run()).contains("waits for the trial of version 3"));
        }
        conclude(run, 3, 3, PromotionOutcome.WORSE);
        try (ConfigurableApplicationContext service = start()) {
            awaitVersion(run, 4);
            assertThat(weights(run)).isEqualTo(undisturbed);
            assertThat(weights(run).get(4)).isEqualTo(weights(run).get(1));
            assertThat(SavedState.of(RunDirectory.of(run).policy().checkpoint()))
                    .isEqualTo(promoted);
            assertThat(VERSIONS)
                    .filteredOn(version -> version.run().equals(run.run()) && version.version() == 4)
                    .allSatisfy(version -> assertThat(version.wentBackTo()).isOne());
        } finally {
            submit(run.withState(RunState.FINISHED));
        }
    }

    private Run goingBack(String id) {
        return Recipes.goingBack(Recipes.run(id, runs.resolve(id), base, Recipes.tempo(6)), 2, null);
    }

    private Map<Integer, String> goneBack(Run run) {
        try (Bench bench = new Bench().start(run).conclude(run, 0, PromotionOutcome.PROMOTED)) {
            for (int round = 0; round < 4; round++) {
                bench.write(rows(run, round)).deliver();
                if (round > 0) {
                    bench.conclude(run, round, round == 1 ? PromotionOutcome.PROMOTED : PromotionOutcome.WORSE);
                }
            }
            return bench.weights();
        }
    }

    private static void conclude(Run run, int number, int version, PromotionOutcome outcome) {
        others.getBean(Publisher.class)
                .publish(
                        Topics.PROMOTIONS,
                        new Promotion(
                                run.run(),
                                number,
                                version,
                                outcome,
                                null,
                                run.base(),
                                4,
                                0,
                                List.of(),
                                null,
                                "as the test says",
                                1L));
    }

    private static ConfigurableApplicationContext start() {
        return PolicyService.application()
                .run("--spring.kafka.bootstrap-servers=" + Broker.bootstrapServers(), "--server.port=0");
    }

    private static String get(ConfigurableApplicationContext service, String endpoint)
            throws IOException, InterruptedException {
        String port = service.getEnvironment().getProperty("local.server.port");
        URI uri = URI.create("http://localhost:" + port + "/actuator/" + endpoint);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static void submit(Run run) {
        others.getBean(Publisher.class).publish(Topics.RUNS, run);
    }

    private static void write(List<ValuedTrajectory> rows) {
        others.getBean(Publisher.class).publishAll(Topics.VALUED_TRAJECTORIES, rows);
    }

    private static void awaitVersion(Run run, int version) {
        await().atMost(Duration.ofMinutes(2)).until(() -> weights(run).containsKey(version));
    }

    /** SHA-256 by version. */
    private static Map<Integer, String> weights(Run run) {
        Map<Integer, String> weights = new TreeMap<>();
        for (PolicyVersion version : VERSIONS) {
            if (version.run().equals(run.run())) {
                weights.put(version.version(), version.model().sha256());
            }
        }
        return weights;
    }

    private Map<Integer, String> undisturbed() {
        Run run = run("undisturbed");
        try (Bench bench = new Bench().start(run)) {
            for (int round = 0; round < run.recipe().rounds(); round++) {
                bench.write(rows(run, round)).deliver();
            }
            return bench.weights();
        }
    }

    private Run run(String id) {
        return Recipes.run(id, runs.resolve(id), base, Recipes.supervised(2), Recipes.tempo(2));
    }

    private static List<ValuedTrajectory> rows(Run run, int round) {
        return Rows.ofRound(run.run(), run.recipe(), round);
    }
}
