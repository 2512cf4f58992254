package dev.tempo.critic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.ModelReference;
import dev.tempo.contract.RunState;
import dev.tempo.contract.Topics;
import dev.tempo.contract.fixtures.CriticTrainingBuilder;
import dev.tempo.contract.recipe.CriticLabel;
import dev.tempo.contract.recipe.CriticTraining;
import dev.tempo.contract.recipe.Optimizer;
import dev.tempo.contract.recipe.ValueLossKind;
import dev.tempo.fixtures.HugeWeights;
import dev.tempo.model.WeightType;
import dev.tempo.model.replay.StepReplay;
import dev.tempo.model.replay.TakenSteps;
import dev.tempo.runs.KnownRuns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.Status;

class TroubleTest {
    @TempDir
    Path directory;

    private ModelReference base;

    @BeforeEach
    void base() {
        base = TinyModel.write(directory.resolve("base"));
    }

    private Bench bench(CriticTraining critic) {
        return new Bench(directory, Recipes.of(directory, Recipes.supervised(2, 0, critic)), base, null).start();
    }

    private static CriticHealth health(Bench bench) {
        KnownRuns runs = new KnownRuns(Bench.PROPERTIES.unknownRunPatience(), () -> bench.now);
        return new CriticHealth(
                bench.board,
                new Valuation(
                        runs,
                        new CriticVersions(),
                        new VersionedCritics(Bench.PROPERTIES, WeightType.FLOAT32),
                        bench.metrics));
    }

    private static String standing(Bench bench) {
        return String.valueOf(health(bench).health().getDetails().get("run run-1"));
    }

    @Test
    void whatIsLateIsAskedAgainUnderTheSameIdForAsLongAsItTakes() {
        Bench bench = bench(Recipes.CRITIC);
        bench.answering = false;
        bench.policy(0);
        bench.write(Rows.judged(bench.requests().get(0).id().sample(0)));
        bench.pass(Duration.ofSeconds(50));
        bench.deliver();
        bench.pass(Duration.ofSeconds(50));
        assertThat(bench.requests()).as("a row came 50 s ago").hasSize(3);
        bench.pass(Duration.ofSeconds(10));
        assertThat(bench.requests()).hasSize(6);
        assertThat(bench.requests().subList(3, 6)).isEqualTo(bench.requests().subList(0, 3));
        bench.pass(Duration.ofSeconds(120));
        assertThat(bench.requests()).hasSize(9);
        bench.pass(Duration.ofHours(20));
        assertThat(bench.requests()).hasSize(12);
        assertThat(bench.of(Topics.LABELED_TRAJECTORIES)).as("failures").isEmpty();
        assertThat(bench.meters.counter("tempo.critic.requests.reasked").count())
                .isEqualTo(9);
    }

    @Test
    void aStalledRoundNamesWhatItWaitsFor() {
        Bench bench = bench(Recipes.CRITIC);
        bench.answering = false;
        bench.policy(0);
        assertThat(health(bench).health().getStatus()).isEqualTo(Status.UP);
        bench.pass(Duration.ofMinutes(6));
        assertThat(health(bench).health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
        assertThat(standing(bench))
                .startsWith("stalled: round 0 of run run-1 waits for 6 of 6 judged labeled trajectories");
        assertThat(bench.meters.get("tempo.critic.round.stalled").gauge().value())
                .isEqualTo(1);
    }

    @Test
    void aLossThatIsNotFiniteStopsTheRunAndSaysWhere() {
        Bench bench = bench(CriticTrainingBuilder.criticTraining()
                .learningRate(1e20)
                .miniBatch(4, 2)
                .build());
        bench.policy(0);
        bench.deliver();
        bench.policy(1);
        assertThat(bench.of(Topics.CRITIC_VERSIONS))
                .as("nothing is published after it")
                .hasSize(1);
        assertThat(health(bench).health().getStatus()).isEqualTo(Status.DOWN);
        assertThat(standing(bench))
                .startsWith("stopped: round 0 (labeled step 0), epoch 0, mini-batch 1 of the critic: ");
        bench.pass(Duration.ofMinutes(1));
        assertThat(health(bench).health().getStatus()).as("it stays stopped").isEqualTo(Status.DOWN);
        bench.submit(RunState.FINISHED);
        assertThat(health(bench).health().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void aDataFileThatIsNotThereStopsItsRunAlone() throws IOException {
        Bench bench = bench(Recipes.CRITIC);
        Files.delete(directory.resolve("labeled.jsonl"));
        bench.policy(0);
        assertThat(standing(bench)).startsWith("stopped: ").contains("labeled.jsonl");
    }

    @Test
    void aBaseWithOtherContentIsRefused() throws IOException {
        Path weights = directory.resolve("base/model.safetensors");
        byte[] bytes = Files.readAllBytes(weights);
        bytes[bytes.length - 1]++;
        Files.write(weights, bytes);
        Bench bench = bench(Recipes.CRITIC);
        assertThat(standing(bench)).startsWith("stopped: ").contains("model.safetensors");
    }

    @Test
    void theReleasedCodesLabelPutsRewardsOnItsScale() {
        Bench bench = bench(CriticTrainingBuilder.criticTraining()
                .learningRate(1e-2)
                .miniBatch(4, 2)
                .loss(ValueLossKind.CLIPPED, .1, CriticLabel.PLUS_MINUS_ONE)
                .build());
        bench.runThrough();
        assertThat(bench.valued().values())
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.reward()).isIn(-1.0, 1.0));
        assertThat(bench.meters.get("tempo.critic.recalibrations").counter().count())
                .isEqualTo(2);
    }

    @Test
    void aCriticThatDivergesIsNeverAnnouncedAndItsStepsCanBeTakenAgain() throws IOException {
        Bench bench = bench(CriticTrainingBuilder.criticTraining()
                .learningRate(1e12)
                .miniBatch(6, 1)
                .build());
        bench.policy(0);
        bench.deliver();
        bench.policy(1); // round 0 has moved the head alone, from 0
        bench.deliver();
        bench.policy(2);
        assertThat(bench.of(Topics.CRITIC_VERSIONS)).hasSize(2);
        String found = standing(bench);
        assertThat(found)
                .startsWith(
                        "stopped: round 1 (labeled step 0), epoch 0, mini-batch 0 of the critic: the step's loss is ")
                .contains("its gradient's norm Infinity");

        try (Stream<Path> kept = Files.list(directory.resolve("non-finite"))) {
            Path file = kept.findFirst().orElseThrow();
            assertThat(found).contains("./tempo replay " + file);
            TakenSteps steps = TakenSteps.read(file);
            assertThat(steps.steps()).hasSize(1);
            List<String> told = new ArrayList<>();
            assertThat(StepReplay.of(steps, told::add).orElseThrow().tensor()).isEqualTo("gradient");
            assertThat(told).containsExactly("the weights of " + steps.origin().weights() + " are finite");
        }
        bench.kill();
        bench.start();
        bench.deliver();
        assertThat(standing(bench)).isEqualTo(found);
    }

    /** One step moves the head from 0 to numbers that float32 holds, and whose products with hidden states it does not. */
    @Test
    void aCriticWhoseWeightsAreFiniteAndWhoseValuesAreNotIsNeverAnnounced() {
        Optimizer optimizer = new Optimizer(2e38, 0, .95, 0, 1);
        CriticTraining oneStep =
                new CriticTraining(optimizer, 6, 1, ValueLossKind.SQUARED_ERROR, .1, CriticLabel.ZERO_ONE);
        Bench bench = bench(oneStep);
        bench.policy(0);
        bench.deliver();
        bench.policy(1);
        assertThat(standing(bench))
                .startsWith("stopped: round 0 (labeled step 0), after the last mini-batch of the critic: values of");
        assertThat(bench.of(Topics.CRITIC_VERSIONS)).hasSize(1);
    }

    @Test
    void aCriticThatComputesNoNumbersValuesNothing() throws IOException {
        HugeWeights.in(directory.resolve("base"));
        base = TinyModel.reference(directory.resolve("base"));
        Bench bench = bench(Recipes.CRITIC);
        bench.policy(0);
        bench.deliver();
        assertThat(standing(bench))
                .startsWith("stopped: round 0 (labeled step 0), values of the critic: values of run-1/0/labeled/");
        assertThat(bench.of(Topics.VALUED_TRAJECTORIES)).isEmpty();
        Path file = directory.resolve("non-finite/critic-round-0-labeled-step-0-values.json");
        assertThat(StepReplay.of(TakenSteps.read(file), line -> {})
                        .orElseThrow()
                        .tensor())
                .isEqualTo("values");
    }
}
