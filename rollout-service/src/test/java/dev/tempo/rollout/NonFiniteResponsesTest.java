package dev.tempo.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempo.contract.ModelReference;
import dev.tempo.contract.Purpose;
import dev.tempo.contract.RequestId;
import dev.tempo.contract.RolloutRequest;
import dev.tempo.contract.Run;
import dev.tempo.contract.RunState;
import dev.tempo.contract.Trajectory;
import dev.tempo.contract.fixtures.RecipeBuilder;
import dev.tempo.contract.fixtures.StageBuilder;
import dev.tempo.contract.recipe.Generation;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.contract.recipe.UnlabeledFile;
import dev.tempo.fixtures.HugeWeights;
import dev.tempo.messaging.NotYetException;
import dev.tempo.model.WeightType;
import dev.tempo.model.directory.ModelDirectory;
import dev.tempo.model.inference.GenerationLimits;
import dev.tempo.model.replay.StepReplay;
import dev.tempo.model.replay.TakenSteps;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.Health;

class NonFiniteResponsesTest {
    private static final Generation GENERATION = new Generation(1, 12, null);

    @TempDir
    Path folder;

    private final PolicyShelf policies = new PolicyShelf(2, GenerationLimits.standard(), WeightType.FLOAT32);
    private final RolloutWorker worker = new RolloutWorker(
            policies,
            new Environments(List.of()),
            new RolloutMetrics(new SimpleMeterRegistry()),
            InstantSource.system());
    private final RolloutHealth health = new RolloutHealth(
            new UnlabeledPlanner(Duration.ofMinutes(1), Duration.ofMinutes(5)), policies, InstantSource.system());
    private ModelReference good;
    private ModelReference huge;

    @BeforeEach
    void models() {
        good = Samples.model(folder.resolve("good"));
        Path directory = folder.resolve("blown").resolve("huge");
        huge = new ModelReference(
                Samples.model(directory).uri(), new ModelDirectory(HugeWeights.in(directory)).sha256());
    }

    @AfterEach
    void close() {
        worker.close();
    }

    private static RolloutRequest request(String run, ModelReference policy) {
        return new RolloutRequest(
                new RequestId(run, 3, Purpose.UNLABELED, 0, "q"), 7, policy, "default", "x*2", 2, GENERATION);
    }

    @Test
    void responsesWithoutFiniteLogProbabilitiesStopTheirRunAndAreNotHandedOut() {
        Recipe recipe = RecipeBuilder.recipe(
                        StageBuilder.testTime("only").rounds(4).questions(1, 2).build())
                .unlabeled(new UnlabeledFile("unlabeled.jsonl", "id", "question", null))
                .generation(GENERATION)
                .seed(7)
                .build();
        Run run = new Run(
                "blown", RunState.ACTIVE, recipe, good, folder.resolve("blown").toString(), null);
        worker.announced(run);
        RolloutRequest request = request("blown", huge);

        assertThatThrownBy(() -> worker.answer(List.of(request)))
                .isInstanceOf(NotYetException.class)
                .hasMessageContaining("run blown, which is stopped: round 3, generation: log-probabilities of blown");
        Health said = health.health();
        assertThat(said.getStatus().getCode()).isEqualTo("DOWN");
        assertThat(said.getDetails().get("run blown"))
                .asString()
                .startsWith("stopped: round 3, generation: log-probabilities of ")
                .contains("./tempo replay ");
        Path file = Path.of(run.directory()).resolve("non-finite/policy-round-3-generation.json");
        assertThat(StepReplay.of(TakenSteps.read(file), line -> {})
                        .orElseThrow()
                        .tensor())
                .isEqualTo("log-probabilities");

        List<List<RolloutRequest>> batches =
                worker.batches(List.of(request, request("other", good), request("other", huge)));
        assertThat(batches).as("nobody waits for a stopped run").hasSize(3);
        assertThat(worker.answer(batches.get(1))).hasSize(2).noneMatch(Trajectory::isFailed);
        assertThatThrownBy(() -> worker.answer(batches.get(0))).isInstanceOf(NotYetException.class);

        worker.announced(run.withState(RunState.FINISHED));
        assertThat(health.health().getStatus().getCode()).isEqualTo("UP");
    }
}
