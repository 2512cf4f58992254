package dev.tempo.judge;

import static dev.tempo.judge.Rollouts.answering;
import static dev.tempo.judge.Rollouts.cutOff;
import static dev.tempo.judge.Rollouts.labeled;
import static dev.tempo.judge.Rollouts.unlabeled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.tempo.contract.Answer;
import dev.tempo.contract.JudgedTrajectory;
import dev.tempo.contract.Purpose;
import dev.tempo.contract.RequestId;
import dev.tempo.contract.Topic;
import dev.tempo.contract.Topics;
import dev.tempo.contract.Trajectory;
import dev.tempo.contract.recipe.RewardSource;
import dev.tempo.judging.RunBuilder;
import dev.tempo.messaging.Broker;
import dev.tempo.messaging.Publisher;
import dev.tempo.messaging.Subscription;
import dev.tempo.messaging.Subscriptions;
import dev.tempo.messaging.letters.DeadLetterBox;
import dev.tempo.plugin.Outcome;
import dev.tempo.plugin.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.web.client.RestClient;

/** The service against a real broker. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"spring.config.name=judge-service", "tempo.judge.unknown-run-patience=1s"})
@Import({Broker.class, JudgeServiceTest.Readers.class})
class JudgeServiceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Autowired
    private Publisher publisher;

    @Autowired
    private Readers readers;

    @Autowired
    private DeadLetterBox deadLetters;

    @LocalServerPort
    private int port;

    @Test
    void labeledTrajectoriesMeetTheirAnswersEvenWhenTheyCameFirst() {
        publisher.publish(Topics.RUNS, RunBuilder.aRun("labels").active());
        publisher.publishAll(
                Topics.LABELED_TRAJECTORIES,
                List.of(
                        answering(labeled("labels", "q").sample(0), "8"),
                        answering(labeled("labels", "q").sample(1), "7"),
                        cutOff(labeled("labels", "q").sample(2), "348*3"),
                        Trajectory.failed(labeled("labels", "q").sample(3), "default", "x*3+4=3", "out of memory")));
        publisher.publish(
                Topics.LABELED_ANSWERS, new Answer("labels", Purpose.LABELED, "q", "x*3+4=3", "8", "default"));

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(of("labels", readers.labeled))
                        .extracting(Verdict::outcome)
                        .containsExactly(Outcome.CORRECT, Outcome.WRONG, Outcome.WRONG, Outcome.UNDECIDED));
        assertThat(get("/actuator/prometheus"))
                .contains("tempo_judge_verdicts_total{", "judge=\"block-inversion\",outcome=\"correct\"")
                .contains("tempo_judge_latency_seconds_count{")
                // as docs/metrics.md says of what is not ours
                .contains("jvm_", "process_")
                .doesNotContain("\nkafka_");
        assertThat(get("/actuator/health")).contains("\"activeRuns\"").contains("UP");
    }

    @Test
    void evaluationTrajectoriesMeetTheAnswersOfTheirSet() {
        RequestId request = new RequestId("benchmark", 0, Purpose.EVALUATION, 0, "holdout/q");
        publisher.publish(Topics.RUNS, RunBuilder.aRun("benchmark").active());
        publisher.publish(
                Topics.EVALUATION_ANSWERS,
                new Answer("benchmark", Purpose.EVALUATION, "holdout/q", "x*3+4=3", "8", "default"));
        publisher.publish(Topics.EVALUATION_TRAJECTORIES, answering(request.sample(0), "8"));

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(of("benchmark", readers.evaluation))
                        .extracting(Verdict::outcome)
                        .containsExactly(Outcome.CORRECT));
    }

    @Test
    void aQuestionsSamplesVoteAndRunsThatNobodyKnowsDoNotBlockThem() {
        publisher.publish(
                Topics.UNLABELED_TRAJECTORIES,
                answering(unlabeled("nobody", 1, "q").sample(0), "8"));
        publisher.publish(Topics.RUNS, RunBuilder.aRun("ballots").active());
        RequestId request = unlabeled("ballots", 1, "q");
        publisher.publishAll(
                Topics.UNLABELED_TRAJECTORIES,
                List.of(
                        answering(request.sample(2), "8"),
                        answering(request.sample(0), "7"),
                        answering(request.sample(0), "8"),
                        answering(request.sample(1), "8")));

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(of("ballots", readers.unlabeled))
                        .extracting(Verdict::reward)
                        .containsExactly(0.0, 1.0, 1.0));
    }

    @Test
    void aGuardedVoteLooksBackAtWhatAnInstanceThatIsGoneHasPublished() {
        publisher.publish(
                Topics.RUNS,
                RunBuilder.aRun("guarded").rewardedBy(RewardSource.GUARDED_VOTE).active());
        Verdict seven = new Verdict(Outcome.CORRECT, 0.0, "7", null, "guarded-vote", "1", Verdict.VOTE, "", null, 0.0);
        RequestId before = unlabeled("guarded", 1, "q");
        publisher.publishAll(
                Topics.JUDGED_UNLABELED_TRAJECTORIES,
                List.of(
                        new JudgedTrajectory(answering(before.sample(0), "7"), seven),
                        new JudgedTrajectory(answering(before.sample(1), "7"), seven),
                        new JudgedTrajectory(answering(before.sample(2), "7"), seven)));
        RequestId request = unlabeled("guarded", 2, "q");
        publisher.publishAll(
                Topics.UNLABELED_TRAJECTORIES,
                List.of(
                        answering(request.sample(0), "8"),
                        answering(request.sample(1), "8"),
                        answering(request.sample(2), "7")));

        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(of("guarded", readers.unlabeled)).hasSize(6));
        assertThat(of("guarded", readers.unlabeled).get(3).reward())
                .as("the label was 7 and is 8, with more than .6 of the votes")
                .isCloseTo(.35 / Math.sqrt(3), within(1e-5));
    }

    @Test
    void whatNobodyCanHaveAskedForIsADeadLetterWithItsReasonAndItsNeighboursAreJudged() {
        publisher.publish(Topics.RUNS, RunBuilder.aRun("placed").active());
        publisher.publish(
                Topics.LABELED_ANSWERS, new Answer("placed", Purpose.LABELED, "q", "x*3+4=3", "8", "default"));
        RequestId asked = labeled("placed", "q");
        List<RequestId> poison = List.of(
                labeled("placed", "nowhere"),
                new RequestId("placed", 11, Purpose.LABELED, 0, "q"),
                new RequestId("placed", 1, Purpose.LABELED, 0, "q"),
                new RequestId("placed", 0, Purpose.UNLABELED, 0, "q"),
                new RequestId("placed", 0, Purpose.WARM_UP, 0, "q"),
                new RequestId("placed", 0, Purpose.LABELED, 3, "q"),
                labeled("never-announced", "q"));
        List<Trajectory> written = new ArrayList<>();
        poison.forEach(request -> {
            written.add(answering(asked.sample(written.size()), "8"));
            written.add(answering(request.sample(0), "8"));
        });
        written.add(answering(asked.sample(64), "8"));
        written.add(answering(asked.sample(63), "8"));
        publisher.publishAll(Topics.LABELED_TRAJECTORIES, written);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(of("placed", readers.labeled)).hasSize(poison.size() + 1));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(reasons(Topics.LABELED_TRAJECTORIES, "placed/"))
                        .containsExactlyInAnyOrder(
                                "the answers of run placed are all here, and none is to placed/0/labeled/nowhere",
                                "round 11 of placed/11/labeled/q#0 is none of the recipe's 11",
                                "nothing is asked for as placed/1/labeled/q#0 in round 1, which is of stage vote",
                                "placed/0/unlabeled/q#0 belongs to another topic",
                                "warm-up step 0 of placed/0/warm-up/q#0 is none of the 0 of round 0",
                                "E-step 3 of placed/0/labeled.3/q#0 is none of the 1 that round 0 has at most",
                                "sample 64 of placed/0/labeled/q is none of the 64 that are asked for"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(reasons(Topics.LABELED_TRAJECTORIES, "never-announced/"))
                        .containsExactly("run never-announced was never announced"));
    }

    @Test
    void ballotsAndEvaluationsRefuseWhatTheRecipeHasNoPlaceFor() {
        publisher.publish(Topics.RUNS, RunBuilder.aRun("places").active());
        RequestId vote = unlabeled("places", 1, "q");
        publisher.publishAll(
                Topics.UNLABELED_TRAJECTORIES,
                List.of(
                        answering(vote.sample(0), "8"),
                        answering(unlabeled("places", 11, "q").sample(0), "8"),
                        answering(unlabeled("places", 0, "q").sample(0), "8"),
                        answering(vote.sample(3), "8"),
                        answering(vote.sample(1), "8"),
                        answering(vote.sample(2), "7")));
        publisher.publish(
                Topics.EVALUATION_ANSWERS,
                new Answer("places", Purpose.EVALUATION, "holdout/q", "x*3+4=3", "8", "default"));
        publisher.publishAll(
                Topics.EVALUATION_TRAJECTORIES,
                Stream.of("nowhere/q", "holdout", "holdout/q")
                        .map(question -> new RequestId("places", 0, Purpose.EVALUATION, 0, question))
                        .map(request -> answering(request.sample(1), "8"))
                        .toList());
        publisher.publish(
                Topics.EVALUATION_TRAJECTORIES,
                answering(new RequestId("places", 5, Purpose.EVALUATION, 0, "holdout/q").sample(0), "8"));

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(of("places", readers.unlabeled))
                        .extracting(Verdict::reward)
                        .containsExactly(1.0, 1.0, 0.0));
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(of("places", readers.evaluation)).hasSize(1));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(reasons(Topics.UNLABELED_TRAJECTORIES, "places/"))
                        .hasSize(3));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(reasons(Topics.EVALUATION_TRAJECTORIES, "places/"))
                        .containsExactlyInAnyOrder(
                                "there is no set 'nowhere' for places/0/evaluation/nowhere/q#1",
                                "the answers of run places are all here, and none is to places/0/evaluation/holdout",
                                "version 5 of places/5/evaluation/holdout/q#0 is not measured"));
    }

    private List<String> reasons(Topic<?> topic, String keys) {
        List<String> reasons = new ArrayList<>();
        deadLetters.read(topic.name(), letter -> {
            if (Objects.requireNonNull(letter.key()).startsWith(keys)) {
                reasons.add(letter.header("reason"));
            }
        });
        return reasons;
    }

    private String get(String path) {
        return Objects.requireNonNull(RestClient.create("http://127.0.0.1:" + port)
                .get()
                .uri(path)
                .retrieve()
                .body(String.class));
    }

    private static List<Verdict> of(String run, List<JudgedTrajectory> judged) {
        return judged.stream()
                .filter(row -> row.trajectory().id().request().run().equals(run))
                .sorted((a, b) -> a.trajectory().id().compareTo(b.trajectory().id()))
                .map(JudgedTrajectory::verdict)
                .toList();
    }

    @TestConfiguration(proxyBeanMethods = false)
    static class Readers {
        private final List<JudgedTrajectory> labeled = new CopyOnWriteArrayList<>();
        private final List<JudgedTrajectory> evaluation = new CopyOnWriteArrayList<>();
        private final List<JudgedTrajectory> unlabeled = new CopyOnWriteArrayList<>();

        @Bean
        Subscription judgedLabeled(Subscriptions subscriptions) {
            return subscriptions.everything(Topics.JUDGED_LABELED_TRAJECTORIES, labeled::add);
        }

        @Bean
        Subscription judgedEvaluation(Subscriptions subscriptions) {
            return subscriptions.everything(Topics.JUDGED_EVALUATION_TRAJECTORIES, evaluation::add);
        }

        @Bean
        Subscription judgedUnlabeled(Subscriptions subscriptions) {
            return subscriptions.everything(Topics.JUDGED_UNLABELED_TRAJECTORIES, unlabeled::add);
        }
    }
}
