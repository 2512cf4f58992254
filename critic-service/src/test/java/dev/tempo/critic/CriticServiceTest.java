package dev.tempo.critic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tempo.contract.Answer;
import dev.tempo.contract.CriticVersion;
import dev.tempo.contract.ModelReference;
import dev.tempo.contract.PolicyVersion;
import dev.tempo.contract.Purpose;
import dev.tempo.contract.RequestId;
import dev.tempo.contract.RolloutRequest;
import dev.tempo.contract.Run;
import dev.tempo.contract.RunState;
import dev.tempo.contract.Topic;
import dev.tempo.contract.Topics;
import dev.tempo.contract.Trajectory;
import dev.tempo.contract.TrajectoryId;
import dev.tempo.contract.ValuedTrajectory;
import dev.tempo.contract.Values;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.contract.recipe.ValuesFrom;
import dev.tempo.messaging.Broker;
import dev.tempo.messaging.Publisher;
import dev.tempo.messaging.Subscription;
import dev.tempo.messaging.Subscriptions;
import dev.tempo.messaging.letters.DeadLetterBox;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.web.client.RestClient;

/** The service as it runs, on a real broker; the test plays the policy, the rollout workers and the judge. */
class CriticServiceTest {
    @Import(Broker.class)
    static final class OnBroker {}

    @TempDir
    Path directory;

    private final List<RolloutRequest> requests = new CopyOnWriteArrayList<>();
    private final List<Answer> answers = new CopyOnWriteArrayList<>();
    private final List<CriticVersion> versions = new CopyOnWriteArrayList<>();
    private final List<ValuedTrajectory> valued = new CopyOnWriteArrayList<>();
    private final List<ValuedTrajectory> evaluated = new CopyOnWriteArrayList<>();
    private final List<Subscription> listening = new ArrayList<>();
    private ConfigurableApplicationContext service;
    private ModelReference base;

    @BeforeEach
    void start() {
        base = TinyModel.write(directory.resolve("base"));
        service = service();
    }

    @AfterEach
    void stop() {
        listening.forEach(Subscription::stop);
        service.close();
    }

    private static ConfigurableApplicationContext service() {
        return CriticService.application()
                .sources(OnBroker.class)
                .properties("server.port=0", "tempo.critic.grace=1s")
                .run();
    }

    /** By the service's own bus, which ends with it; what was heard before is heard again. */
    private void listen() {
        listening.forEach(Subscription::stop);
        listening.clear();
        listen(Topics.LABELED_ROLLOUT_REQUESTS, requests);
        listen(Topics.LABELED_ANSWERS, answers);
        listen(Topics.CRITIC_VERSIONS, versions);
        listen(Topics.VALUED_TRAJECTORIES, valued);
        listen(Topics.VALUED_EVALUATION_TRAJECTORIES, evaluated);
    }

    private <V> void listen(Topic<V> topic, List<V> heard) {
        Subscription subscription = service.getBean(Subscriptions.class).everything(topic, heard::add);
        subscription.start();
        listening.add(subscription);
    }

    private <V> void publish(Topic<V> topic, List<V> messages) {
        service.getBean(Publisher.class).publishAll(topic, messages);
    }

    private void publish(Run run, int version) {
        publish(
                Topics.POLICY_VERSIONS,
                List.of(new PolicyVersion(run.run(), version, base, "any", 0, version == 4, Map.of(), Map.of(), 0, 0)));
    }

    private static void eventually(ThrowingRunnable assertion) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(assertion);
    }

    private List<RolloutRequest> asked(String run, int round, Purpose purpose) {
        return requests.stream()
                .filter(request -> request.id().run().equals(run)
                        && request.id().round() == round
                        && request.id().purpose() == purpose)
                .distinct()
                .toList();
    }

    private void answer(String run, int round, Purpose purpose, int expected) {
        eventually(() -> assertThat(asked(run, round, purpose)).hasSize(expected));
        publish(
                Topics.JUDGED_LABELED_TRAJECTORIES,
                Rows.samples(asked(run, round, purpose)).stream()
                        .map(Rows::judged)
                        .toList());
    }

    private CriticVersion version(String run, int version) {
        return versions.stream()
                .filter(one -> one.run().equals(run) && one.version() == version)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no critic version " + version));
    }

    private Stream<ValuedTrajectory> valued(String run) {
        return valued.stream()
                .filter(row -> row.trajectory().id().request().run().equals(run));
    }

    private List<Trajectory> unlabeled(String run, int round) {
        List<Trajectory> rows = new ArrayList<>();
        for (String question : List.of("u1", "u2", "u3")) {
            RequestId request = new RequestId(run, round, Purpose.UNLABELED, 0, question);
            rows.add(Rows.trajectory(request.sample(0)));
            rows.add(Rows.trajectory(request.sample(1)));
        }
        return rows;
    }

    private Map<Integer, String> drive(String id, int restartBeforeRound) {
        Recipe recipe =
                Recipes.of(directory, Recipes.supervised(2, 1), Recipes.tempo(2, 1, ValuesFrom.RECALIBRATED, false));
        Run run =
                new Run(id, RunState.ACTIVE, recipe, base, directory.resolve(id).toString(), null);
        publish(Topics.RUNS, List.of(run));
        for (int round = 0; round < 4; round++) {
            int current = round;
            publish(run, round);
            if (round == 0) {
                answer(id, 0, Purpose.WARM_UP, 3);
            }
            if (round >= 2) {
                publish(Topics.UNLABELED_TRAJECTORIES, unlabeled(id, round));
            }
            if (round == restartBeforeRound) {
                eventually(() -> assertThat(asked(id, current, Purpose.LABELED)).isNotEmpty());
                TrajectoryId first =
                        asked(id, current, Purpose.LABELED).get(0).id().sample(0);
                publish(Topics.JUDGED_LABELED_TRAJECTORIES, List.of(Rows.judged(first)));
                service.close();
                service = service();
                listen();
            }
            answer(id, round, Purpose.LABELED, round < 2 ? 3 : 2);
            eventually(() -> {
                version(id, current);
                assertThat(valued(id).map(row -> row.trajectory().id()).distinct())
                        .hasSize(6 * (current + 1));
            });
        }
        publish(run, 4);
        eventually(() -> version(id, 4));
        Map<Integer, String> files = new TreeMap<>();
        versions.stream()
                .filter(one -> one.run().equals(id))
                .forEach(one -> files.put(one.version(), one.model().sha256()));
        return files;
    }

    @Test
    void trajectoriesThatNobodyCanHaveAskedForAreDeadLettersAndTheirNeighboursAreValued() {
        listen();
        Run run = new Run(
                "misplaced",
                RunState.ACTIVE,
                Recipes.of(directory, Recipes.tempo(3, 1, ValuesFrom.RECALIBRATED, false)),
                base,
                directory.toString(),
                null);
        publish(Topics.RUNS, List.of(run));
        publish(
                Topics.UNLABELED_TRAJECTORIES,
                Stream.of(
                                new RequestId("misplaced", 0, Purpose.UNLABELED, 0, "u").sample(0),
                                new RequestId("misplaced", 0, Purpose.UNLABELED, 0, "u").sample(2),
                                new RequestId("misplaced", 3, Purpose.UNLABELED, 0, "u").sample(0),
                                new RequestId("misplaced", 0, Purpose.LABELED, 0, "q1").sample(0),
                                new RequestId("misplaced-unannounced", 0, Purpose.UNLABELED, 0, "u").sample(0),
                                new RequestId("misplaced", 0, Purpose.UNLABELED, 0, "u").sample(1))
                        .map(id -> Trajectory.failed(id, "default", "x", "no worker"))
                        .toList());

        eventually(() -> assertThat(valued("misplaced"))
                .extracting(row -> row.trajectory().id().sample())
                .containsExactlyInAnyOrder(0, 1));
        eventually(() -> {
            List<String> reasons = new ArrayList<>();
            service.getBean(DeadLetterBox.class).read(Topics.UNLABELED_TRAJECTORIES.name(), letter -> {
                if (String.valueOf(letter.key()).startsWith("misplaced")) {
                    reasons.add(letter.header("reader") + ": " + letter.header("reason"));
                }
            });
            assertThat(reasons)
                    .containsExactlyInAnyOrder(
                            "critic-valuation: sample 2 of misplaced/0/unlabeled/u is none of the 2 that are asked for",
                            "critic-valuation: round 3 of misplaced/3/unlabeled/u#0 is none of the recipe's 3",
                            "critic-valuation: misplaced/0/labeled/q1#0 belongs to another topic",
                            "critic-valuation: run misplaced-unannounced was never announced");
        });
    }

    @Test
    void aRunGetsItsCriticsAndItsValuesThroughARestartWithTheSameBits() {
        listen();
        publish(
                Topics.EVALUATION_TRAJECTORIES,
                List.of(Rows.trajectory(
                        new RequestId("undisturbed", 0, Purpose.EVALUATION, 0, "holdout/1").sample(0))));

        Map<Integer, String> undisturbed = drive("undisturbed", -1);
        assertThat(undisturbed).hasSize(5);
        assertThat(undisturbed.get(4))
                .as("the last version is the last E-step's")
                .isEqualTo(undisturbed.get(3));
        assertThat(undisturbed.get(3)).isNotEqualTo(undisturbed.get(2));
        assertThat(answers)
                .filteredOn(answer -> answer.run().equals("undisturbed"))
                .hasSize(6);
        eventually(() -> assertThat(evaluated).hasSize(1));
        String metrics = RestClient.create(
                        "http://localhost:" + service.getEnvironment().getProperty("local.server.port"))
                .get()
                .uri("/actuator/prometheus")
                .retrieve()
                .body(String.class);
        assertThat(metrics)
                .contains("tempo_critic_recalibrations_total 5.0", "tempo_critic_loss 0.", "tempo_critic_brier 0.");

        assertThat(drive("in-stage-1", 1)).isEqualTo(undisturbed);
        assertThat(drive("in-stage-2", 3)).isEqualTo(undisturbed);
        assertThat(values("in-stage-2")).hasSize(24).isEqualTo(values("undisturbed"));
    }

    private Map<String, Values> values(String run) {
        Map<String, Values> values = new TreeMap<>();
        rows(run).forEach((id, row) -> values.put(id, row.values()));
        return values;
    }

    private Map<String, ValuedTrajectory> rows(String run) {
        Map<String, ValuedTrajectory> rows = new TreeMap<>();
        valued(run).forEach(row -> {
            ValuedTrajectory before =
                    rows.putIfAbsent(row.trajectory().id().toString().substring(run.length()), row);
            assertThat(before == null || before.equals(row)).isTrue();
        });
        return rows;
    }
}
