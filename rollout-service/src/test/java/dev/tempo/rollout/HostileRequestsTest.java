package dev.tempo.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.ModelReference;
import dev.tempo.contract.PolicyVersion;
import dev.tempo.contract.Purpose;
import dev.tempo.contract.RequestId;
import dev.tempo.contract.RolloutRequest;
import dev.tempo.contract.Run;
import dev.tempo.contract.Trajectory;
import dev.tempo.contract.recipe.Generation;
import dev.tempo.fixtures.hostile.HostileInputs;
import dev.tempo.messaging.Wire;
import dev.tempo.model.WeightType;
import dev.tempo.model.inference.GenerationLimits;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JacksonException;

/** Well-formed records whose numbers lie, as rollout workers and the planner receive them: refused or answered, and no harm to others. */
class HostileRequestsTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @TempDir
    Path folder;

    private static HostileInputs lies(String reader) {
        return HostileInputs.of(reader)
                .lies()
                .refusedBy(JacksonException.class)
                .refusedBy(IllegalArgumentException.class);
    }

    @Test
    void requests() {
        ModelReference model = Samples.model(folder.resolve("model"));
        RolloutMetrics metrics = new RolloutMetrics(new SimpleMeterRegistry());
        try (RolloutWorker worker = new RolloutWorker(
                new PolicyShelf(1, GenerationLimits.standard(), WeightType.FLOAT32),
                new Environments(List.of()),
                metrics,
                InstantSource.system())) {
            RequestId id = new RequestId("run", 3, Purpose.UNLABELED, 0, "q");
            RolloutRequest seed = new RolloutRequest(
                    id, 7, model, "default", "x*2+3=5", 2, new Generation(1, 6, null, null, null, null, 5, 0.9, 0.1));
            lies("rollout requests")
                    .seed(Wire.write(seed))
                    .found(
                            text(seed).replace("\"samples\":2", "\"samples\":5000000"),
                            text(seed).replace("\"maxNewTokens\":6", "\"maxNewTokens\":2147483647"))
                    .allocating(64, 512 << 20)
                    .within(Duration.ofSeconds(60))
                    .oneIn(10)
                    .into(input -> {
                        RolloutRequest request = Wire.read(RolloutRequest.class, input);
                        List<Trajectory> answers;
                        try {
                            answers = worker.answer(List.of(request));
                        } catch (IllegalArgumentException crash) {
                            throw new IllegalStateException("nobody answers the request", crash);
                        }
                        assertThat(answers).hasSize(request.samples());
                        return answers.size();
                    });
        }
    }

    private static String text(RolloutRequest request) {
        return new String(Wire.write(request), StandardCharsets.UTF_8);
    }

    @Test
    void versions() {
        Run run = Samples.run("run", Samples.unlabeledFile(folder, 4));
        PolicyVersion real = Samples.version(run, Samples.LABELED_ROUNDS);
        lies("policy versions, as the planner hears of them")
                .seed(Wire.write(Samples.version(run, 1)))
                .into(input -> {
                    PolicyVersion hostile = Wire.read(PolicyVersion.class, input);
                    UnlabeledPlanner planner = new UnlabeledPlanner(Duration.ofSeconds(60), Duration.ofMinutes(5));
                    planner.on(hostile);
                    planner.on(run);
                    planner.plan(NOON);
                    planner.on(hostile);
                    planner.on(real);
                    boolean isPossible = hostile.version() <= run.recipe().rounds();
                    assertThat(planner.plan(NOON).requests())
                            .as("the questions of the round")
                            .hasSize(isPossible && hostile.version() >= real.version() ? 0 : 2);
                    if (!isPossible) {
                        throw new IllegalArgumentException("none of the run's");
                    }
                    return hostile;
                });
    }

    @Test
    void trajectories() {
        Run run = Samples.run("run", Samples.unlabeledFile(folder, 4));
        RequestId request = new RequestId("run", Samples.LABELED_ROUNDS, Purpose.UNLABELED, 0, "q0");
        lies("unlabeled trajectories, as the planner hears of them")
                .seed(Wire.write(Trajectory.failed(request.sample(0), "default", "x", "out of memory")))
                .into(input -> {
                    Trajectory hostile = Wire.read(Trajectory.class, input);
                    UnlabeledPlanner planner = new UnlabeledPlanner(Duration.ofSeconds(60), Duration.ofMinutes(5));
                    planner.on(run);
                    planner.on(hostile, NOON);
                    planner.on(Samples.version(run, Samples.LABELED_ROUNDS));
                    assertThat(planner.plan(NOON).requests()).hasSize(2);
                    planner.on(hostile, NOON);
                    assertThat(planner.openRequests()).isEqualTo(2);
                    return hostile;
                });
    }
}
