package dev.tempo.rollout.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tempo.contract.ModelReference;
import dev.tempo.contract.PolicyVersion;
import dev.tempo.contract.Run;
import dev.tempo.contract.RunState;
import dev.tempo.contract.Topics;
import dev.tempo.contract.Trajectory;
import dev.tempo.messaging.Broker;
import dev.tempo.messaging.Publisher;
import dev.tempo.rollout.RolloutService;
import dev.tempo.rollout.Samples;
import dev.tempo.rollout.UnlabeledPlanner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The service is stopped and started against one broker. */
class PlannerRestartTest {
    @TempDir
    Path folder;

    private final String run = "run-" + UUID.randomUUID();

    @Test
    void aVersionThatCouldNotBeAskedIsAskedAfterARestart() {
        ModelReference model = Samples.model(folder.resolve("model"));
        Run submitted = Samples.run(run, folder.resolve("unlabeled.jsonl"));
        PolicyVersion version = Samples.version(submitted, Samples.LABELED_ROUNDS, model);
        try (ConfigurableApplicationContext service = start()) {
            Publisher publisher = service.getBean(Publisher.class);
            publisher.publish(Topics.RUNS, submitted);
            publisher.publish(Topics.POLICY_VERSIONS, version);
            UnlabeledPlanner planner = service.getBean(UnlabeledPlanner.class);
            soon().untilAsserted(() -> assertThat(planner.problems().get(run)).contains("no such file"));
        }
        Samples.unlabeledFile(folder, 4);

        try (ConfigurableApplicationContext service = start()) {
            Heard heard = service.getBean(Heard.class);
            soon().untilAsserted(() -> assertThat(trajectories(heard)).hasSize(6));
            assertThat(trajectories(heard)).noneMatch(Trajectory::isFailed);
            service.getBean(Publisher.class).publish(Topics.RUNS, submitted.withState(RunState.FINISHED));
        }
    }

    private List<Trajectory> trajectories(Heard heard) {
        return Heard.where(
                heard.unlabeled, trajectory -> trajectory.id().request().run().equals(run));
    }

    private static ConfigurableApplicationContext start() {
        SpringApplicationBuilder application = RolloutService.application().sources(Heard.class);
        return application.run("--spring.kafka.bootstrap-servers=" + Broker.bootstrapServers(), "--server.port=0");
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50));
    }
}
