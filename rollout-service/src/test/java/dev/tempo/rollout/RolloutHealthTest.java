package dev.tempo.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempo.contract.ModelReference;
import dev.tempo.contract.Run;
import dev.tempo.messaging.NotYetException;
import dev.tempo.model.WeightType;
import dev.tempo.model.inference.GenerationLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

class RolloutHealthTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @TempDir
    Path folder;

    private final UnlabeledPlanner planner = new UnlabeledPlanner(Duration.ofSeconds(60), Duration.ofMinutes(5));
    private final PolicyShelf policies = new PolicyShelf(1, GenerationLimits.standard(), WeightType.FLOAT32);
    private Instant now = NOON;
    private final RolloutHealth health = new RolloutHealth(planner, policies, (InstantSource) () -> now);

    @AfterEach
    void close() {
        policies.close();
    }

    @Test
    void anIdleServiceIsUp() {
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
        assertThat(health.health().getDetails()).containsEntry("policies loaded", List.of());
    }

    @Test
    void aLoadedPolicyIsNamed() {
        ModelReference model = Samples.model(folder);
        policies.lend(model).close();

        assertThat(health.health().getDetails()).containsEntry("policies loaded", List.of(model.uri()));
    }

    @Test
    void itIsDownUntilAPolicyCanBeLoadedAgain() {
        ModelReference model = Samples.model(folder);
        ModelReference wrong = new ModelReference(model.uri(), "b".repeat(64));
        assertThatThrownBy(() -> policies.lend(wrong)).isInstanceOf(NotYetException.class);

        Health down = health.health();
        policies.lend(model).close();

        assertThat(down.getStatus()).isEqualTo(Status.DOWN);
        assertThat(down.getDetails().get("policy")).asString().contains(model.uri());
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void itIsOutOfServiceWhileARoundIsStalled() {
        Run run = Samples.run("run", Samples.unlabeledFile(folder, 4));
        planner.on(run);
        planner.on(Samples.version(run, Samples.LABELED_ROUNDS));
        planner.plan(now);
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);

        now = NOON.plusSeconds(299);
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
        now = NOON.plusSeconds(300);

        assertThat(health.health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
        assertThat(health.health().getDetails().get("run run")).asString().contains("waits for 2 of 2 questions");
    }

    @Test
    void itIsDownWhileQuestionsCannotBeRead() {
        Run run = Samples.run("run", folder.resolve("missing.jsonl"));
        planner.on(run);
        planner.on(Samples.version(run, Samples.LABELED_ROUNDS));
        planner.plan(now);

        assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
        assertThat(health.health().getDetails().get("run run")).asString().contains("missing.jsonl");
    }
}
