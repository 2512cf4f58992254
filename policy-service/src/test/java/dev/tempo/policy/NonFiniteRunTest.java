package dev.tempo.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempo.contract.Run;
import dev.tempo.contract.UserException;
import dev.tempo.contract.fixtures.PolicyTrainingBuilder;
import dev.tempo.contract.recipe.PolicyTraining;
import dev.tempo.model.replay.StepReplay;
import dev.tempo.model.replay.TakenSteps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NonFiniteRunTest extends TinyRuns {
    private Run run(double learningRate, int miniBatch) {
        PolicyTraining policy = PolicyTrainingBuilder.policyTraining()
                .learningRate(learningRate)
                .miniBatch(miniBatch, 1)
                .build();
        return Recipes.run("b", runs.resolve("b"), base, Recipes.tempo(2, policy));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1e18 | 6 | after mini-batch 0: log-probabilities of b | log-probabilities | log-probabilities",
                "1e39 | 6 | mini-batch 0: after the step weights.model.embed_tokens.weight | weights.model.embed_tokens.weight | weights.model.embed_tokens.weight",
                "1e18 | 2 | mini-batch 1: the step's loss is NaN | loss | log-probabilities"
            })
    void theRunStopsBeforeAnythingIsPublishedAndItsStepsCanBeTakenAgain(
            double learningRate, int miniBatch, String words, String tensor, String first) throws IOException {
        Run run = run(learningRate, miniBatch);
        String found;
        try (Bench bench = new Bench().start(run)) {
            bench.write(rows(run, 0)).deliver();
            assertThat(bench.versions()).containsExactly(0);
            assertThat(runs.resolve("b/policy/v00001")).doesNotExist();
            found = bench.board.describe("b");
            assertThat(found).startsWith("stopped: round 0, " + words);
            bench.start().deliver();
            assertThat(bench.board.describe("b")).as("when it is resumed").isEqualTo(found);
        }
        Path file = kept();
        assertThat(found).endsWith(". ./tempo replay " + file + " takes the step again and says what it was fed");

        TakenSteps steps = TakenSteps.read(file);
        assertThat(steps.run()).isEqualTo("b");
        assertThat(steps.round()).isZero();
        assertThat(steps.tensor()).isEqualTo(tensor);
        assertThat(steps.origin().optimizer())
                .isEqualTo(run.recipe().stageOf(0).policy().optimizer());
        assertThat(steps.origin().versionSha256()).isEqualTo(run.base().sha256());
        List<String> told = new ArrayList<>();
        assertThat(StepReplay.of(steps, told::add).orElseThrow().tensor()).isEqualTo(first);
        assertThat(told).first().asString().endsWith(" are finite");

        Files.delete(Path.of(steps.origin().weights()));
        assertThatThrownBy(() -> StepReplay.of(steps, told::add))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("checkpoint.safetensors is missing");
    }

    @Test
    void stepsThatWereFiniteAreFiniteAgain() throws IOException {
        Run run = run(1e18, 6);
        try (Bench bench = new Bench().start(run)) {
            bench.write(rows(run, 0)).deliver();
        }
        TakenSteps steps = TakenSteps.read(kept());
        TakenSteps without = new TakenSteps(
                "b",
                "policy",
                0,
                steps.batch(),
                steps.tensor(),
                steps.found(),
                steps.origin(),
                steps.steps(),
                List.of());
        assertThat(StepReplay.of(without, line -> {})).isEmpty();
    }

    private Path kept() throws IOException {
        try (Stream<Path> files = Files.list(runs.resolve("b/non-finite"))) {
            return files.findFirst().orElseThrow();
        }
    }
}
