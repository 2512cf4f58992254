package dev.tempo.judge;

import static dev.tempo.judge.Rollouts.ended;
import static dev.tempo.judge.Rollouts.labeled;
import static dev.tempo.judge.Rollouts.unlabeled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tempo.contract.Answer;
import dev.tempo.contract.JudgedTrajectory;
import dev.tempo.contract.Purpose;
import dev.tempo.contract.RequestId;
import dev.tempo.contract.Run;
import dev.tempo.contract.Topics;
import dev.tempo.contract.Trajectory;
import dev.tempo.judging.Judges;
import dev.tempo.judging.RunBuilder;
import dev.tempo.judging.plugin.JarBuilder;
import dev.tempo.messaging.Broker;
import dev.tempo.messaging.Publisher;
import dev.tempo.messaging.Subscription;
import dev.tempo.messaging.Subscriptions;
import dev.tempo.plugin.Judge;
import dev.tempo.plugin.Outcome;
import dev.tempo.plugin.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The service beside a judge of its own kind, against a real broker, and with a plug-in that comes while it runs. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"spring.config.name=judge-service", "tempo.judge.unknown-run-patience=1s"})
@Import({Broker.class, ExternalJudgeTest.Readers.class})
class ExternalJudgeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    static Path directory;

    @Autowired
    private Publisher publisher;

    @Autowired
    private Judges judges;

    @Autowired
    private Readers readers;

    @DynamicPropertySource
    static void directory(DynamicPropertyRegistry properties) {
        properties.add("tempo.judge.directory", () -> directory.resolve("judges"));
    }

    @Test
    void theDomainOfAnExternalJudgeIsItsOwn() throws IOException {
        publisher.publish(Topics.RUNS, run("alone", "external"));
        publish("alone", "essays", "q");
        publish("alone", "default", "p");

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(of("alone")).hasSize(3));
        assertThat(of("alone"))
                .allSatisfy(row -> assertThat(row.trajectory().domain()).isEqualTo("default"));
        try (NodeProcess node = NodeProcess.start(directory, Broker.bootstrapServers(), "essays")) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(of("alone")).as(node.said()).hasSize(6));
        }
        assertThat(of("alone"))
                .filteredOn(row -> row.trajectory().domain().equals("essays"))
                .extracting(
                        row -> row.verdict().judge(),
                        row -> row.verdict().outcome(),
                        row -> row.verdict().reason())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("length", Outcome.CORRECT, "3 characters, wanted 3"),
                        org.assertj.core.groups.Tuple.tuple("length", Outcome.WRONG, "2 characters, wanted 3"),
                        org.assertj.core.groups.Tuple.tuple("length", Outcome.UNDECIDED, "out of memory"));
    }

    @Test
    void theExampleInNodeGoesOnWhereItStood() throws IOException {
        publisher.publish(Topics.RUNS, run("first", "external"));
        publish("first", "poems", "q");
        try (NodeProcess node = NodeProcess.start(directory, Broker.bootstrapServers(), "poems")) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(of("first")).as(node.said()).hasSize(3));
            // What was read is committed before the next batch is.
            publish("first", "poems", "r");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(of("first")).as(node.said()).hasSize(6));
        }
        publisher.publish(Topics.RUNS, run("second", "external"));
        publish("second", "poems", "q");
        try (NodeProcess node = NodeProcess.start(directory, Broker.bootstrapServers(), "poems")) {
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(of("second")).as(node.said()).hasSize(3));
        }
        assertThat(of("first").stream()
                        .filter(row ->
                                row.trajectory().id().request().question().equals("q")))
                .as("what was committed is not judged again")
                .hasSize(3);
    }

    @Test
    void theExampleInNodeWaitsForItsBroker() throws IOException {
        try (NodeProcess node = NodeProcess.start(directory, "127.0.0.1:9", "essays")) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(node.said())
                            .contains("waiting for labeled-trajectories and evaluation-trajectories at 127.0.0.1:9"));
            assertThat(node.runs()).isTrue();
        }
    }

    @Test
    void votesOfAnExternalDomainAreLeftAloneToo() {
        publisher.publish(Topics.RUNS, run("votes", "external"));
        RequestId request = unlabeled("votes", 1, "q");
        RequestId ours = unlabeled("votes", 1, "p");
        for (int sample = 0; sample < 3; sample++) {
            publisher.publish(Topics.UNLABELED_TRAJECTORIES, in("essays", ended(request.sample(sample), "abc")));
            publisher.publish(Topics.UNLABELED_TRAJECTORIES, in("default", ended(ours.sample(sample), "abc")));
        }

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(readers.votes).hasSize(3));
        assertThat(readers.votes)
                .allSatisfy(row -> assertThat(row.trajectory().domain()).isEqualTo("default"));
    }

    @Test
    void aJarThatComesWhileTheServiceRunsIsThereForTheNextRun() throws IOException {
        publisher.publish(Topics.RUNS, run("before", "palindrome"));
        publish("before", "essays", "q");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(of("before")).hasSize(3));
        assertThat(of("before").get(0).verdict())
                .extracting(Verdict::outcome, Verdict::stage)
                .containsExactly(Outcome.UNDECIDED, "chain");

        new JarBuilder(Files.createDirectories(directory.resolve("work")))
                .packExample(directory.resolve("judges").resolve("palindrome.jar"));
        publisher.publish(Topics.RUNS, run("after", "palindrome"));
        publish("after", "essays", "q");

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(of("after")).hasSize(3));
        assertThat(of("after").get(0).verdict())
                .extracting(Verdict::outcome, Verdict::judge, Verdict::version, Verdict::answer)
                .containsExactly(Outcome.WRONG, "palindrome", "1", "abc");
    }

    @Test
    void aJudgeMayBeABeanToo() {
        assertThat(judges.named("bean")).isPresent();
    }

    /** Three samples of one labeled question: of three letters, of two, and one that failed. */
    private void publish(String run, String domain, String question) {
        RequestId request = labeled(run, question);
        publisher.publishAll(
                Topics.LABELED_TRAJECTORIES,
                List.of(
                        in(domain, ended(request.sample(0), "abc")),
                        in(domain, ended(request.sample(1), "ab")),
                        Trajectory.failed(request.sample(2), domain, "prompt", "out of memory")));
        publisher.publish(Topics.LABELED_ANSWERS, new Answer(run, Purpose.LABELED, question, "?", "3", domain));
    }

    private static Trajectory in(String domain, Trajectory t) {
        return new Trajectory(
                t.id(),
                domain,
                t.renderedPrompt(),
                t.response(),
                t.promptTokens(),
                t.responseTokens(),
                t.environment(),
                t.logProbs(),
                t.stopReason(),
                t.failure());
    }

    private static Run run(String id, String essays) {
        return RunBuilder.aRun(id)
                .judgedBy(Map.of(
                        "default", List.of("exact-match"), "essays", List.of(essays), "poems", List.of("external")))
                .active();
    }

    private List<JudgedTrajectory> of(String run) {
        return readers.labeled.stream()
                .filter(row -> row.trajectory().id().request().run().equals(run))
                .sorted((a, b) -> a.trajectory().id().compareTo(b.trajectory().id()))
                .toList();
    }

    @TestConfiguration(proxyBeanMethods = false)
    static class Readers {
        private final List<JudgedTrajectory> labeled = new CopyOnWriteArrayList<>();
        private final List<JudgedTrajectory> votes = new CopyOnWriteArrayList<>();

        @Bean
        Judge bean() {
            return new Judge() {
                @Override
                public String name() {
                    return "bean";
                }

                @Override
                public String version() {
                    return "1";
                }

                @Override
                public Verdict judge(String question, String reference, String response, boolean ended) {
                    return undecided("bean", "no idea");
                }
            };
        }

        @Bean
        Subscription judgedLabeled(Subscriptions subscriptions) {
            return subscriptions.everything(Topics.JUDGED_LABELED_TRAJECTORIES, labeled::add);
        }

        @Bean
        Subscription judgedUnlabeled(Subscriptions subscriptions) {
            return subscriptions.everything(Topics.JUDGED_UNLABELED_TRAJECTORIES, row -> {
                if (row.trajectory().id().request().run().equals("votes")) {
                    votes.add(row);
                }
            });
        }
    }
}
