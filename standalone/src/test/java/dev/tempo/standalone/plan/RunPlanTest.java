package dev.tempo.standalone.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tempo.contract.UserException;
import dev.tempo.contract.fixtures.CriticTrainingBuilder;
import dev.tempo.contract.fixtures.PolicyTrainingBuilder;
import dev.tempo.contract.fixtures.RecipeBuilder;
import dev.tempo.contract.fixtures.StageBuilder;
import dev.tempo.contract.recipe.Generation;
import dev.tempo.contract.recipe.QuestionSource;
import dev.tempo.contract.recipe.RecalibrationSettings;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.contract.recipe.ValuesFrom;
import dev.tempo.model.ModelConfig;
import dev.tempo.model.WeightType;
import dev.tempo.model.planning.MemoryPlan;
import dev.tempo.model.training.TrainingMethod;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RunPlanTest {
    private static final ModelConfig SMALL =
            new ModelConfig("qwen3", 64, 4, 4, 2, 16, 176, 1e-6, 1e4, true, 22, 4096, OptionalInt.of(0), List.of(10));
    private static final ModelConfig LARGE = new ModelConfig(
            "qwen3", 4096, 36, 32, 8, 128, 12288, 1e-6, 1e6, false, 151936, 32768, OptionalInt.empty(), List.of(1));
    /** A core of 5 GFLOP/s, of which a narrow model reaches a fifth: an operation is a nanosecond. */
    private static final Card CORE = Card.core(5e9, 1e15, "made up");

    private static MemoryPlan memory(ModelConfig config) {
        return new MemoryPlan(config, TrainingMethod.plain(), new MemoryPlan.Workload(64, 4, 1, 1, WeightType.FLOAT32));
    }

    private static RunPlan small(Recipe recipe, Devices devices) {
        return RunPlan.of(recipe, SMALL, memory(SMALL), Assumptions.of(CORE, SMALL, 4, 6, 256, 0), devices);
    }

    /** Two questions in three samples, after an E-step on one question in two samples of two epochs. */
    private static StageBuilder testTime(int every, ValuesFrom valuesFrom) {
        return StageBuilder.testTime("test-time")
                .rounds(4)
                .questions(2, 3)
                .recalibrated(new RecalibrationSettings(every, QuestionSource.LABELED, 1, 2, valuesFrom))
                .critic(CriticTrainingBuilder.criticTraining().miniBatch(2, 2).build())
                .policy(PolicyTrainingBuilder.policyTraining().miniBatch(6, 1).build());
    }

    private static Recipe recipe(StageBuilder stage, int limit) {
        return RecipeBuilder.recipe(stage.build())
                .generation(new Generation(1, limit, null))
                .build();
    }

    private static Map<String, RoundPart> parts(StagePlan stage) {
        return stage.parts().stream().collect(Collectors.toMap(RoundPart::name, Function.identity()));
    }

    private static RoundPart part(Map<String, RoundPart> parts, String name) {
        return Objects.requireNonNull(parts.get(name), name);
    }

    @Test
    void theOperationsOfARoundAreThoseComputedByHand() {
        Map<String, RoundPart> parts = parts(small(recipe(testTime(1, ValuesFrom.RECALIBRATED), 6), Devices.of(3))
                .stages()
                .get(0));

        // ModelCostTest has the terms: a prompt, a decoded response, a value, log-probabilities, and steps at once.
        assertThat(part(parts, "generation, labeled").operations()).isEqualTo(1_487_616 + 2 * 1_893_120);
        assertThat(part(parts, "generation, labeled").tokens()).isEqualTo(12);
        assertThat(part(parts, "generation, unlabeled").operations()).isEqualTo(2 * 1_487_616 + 6 * 1_893_120);
        assertThat(part(parts, "values before the fit").operations()).isEqualTo(2 * 3_743_616);
        assertThat(part(parts, "critic epochs").operations()).isEqualTo(2 * 2 * 3 * (3_742_720 + 10 * 128));
        assertThat(part(parts, "values of unlabeled").operations()).isEqualTo(6 * 3_743_616);
        assertThat(part(parts, "old log-probabilities").operations()).isEqualTo(6 * 3_759_616);
        assertThat(part(parts, "policy epochs").operations()).isEqualTo(6 * 11_312_640);
        assertThat(part(parts, "old log-probabilities").seconds()).isCloseTo(6 * 3_759_616e-9, within(1e-12));
    }

    @Test
    void filesAndDescentMoveTheWeightsAsOftenAsTheyAreReadAndWritten() {
        Map<String, RoundPart> parts = parts(small(recipe(testTime(1, ValuesFrom.RECALIBRATED), 6), Devices.of(3))
                .stages()
                .get(0));

        // A version is written, hashed and read; a checkpoint of weights and two moments written and hashed: 3 + 6
        // times.
        assertThat(part(parts, "policy's hand-over and checkpoint").bytes()).isEqualTo(9 * 186_432 * 4);
        // One step reads weights, gradients and moments and writes all but the gradients: 7 times.
        assertThat(part(parts, "policy epochs").bytes()).isEqualTo(7 * 186_432 * 4);
    }

    @Test
    void theCriticFitsWhileUnlabeledResponsesAreGenerated() {
        StagePlan stage = small(recipe(testTime(1, ValuesFrom.RECALIBRATED), 6), Devices.of(3))
                .stages()
                .get(0);
        Map<String, RoundPart> parts = parts(stage);
        double fitted = seconds(
                parts,
                "generation, labeled",
                "values before the fit",
                "critic epochs",
                "critic's hand-over and checkpoint",
                "values of unlabeled");
        double refined = seconds(parts, "old log-probabilities", "policy epochs", "policy's hand-over and checkpoint");

        assertThat(stage.roundSeconds()).isCloseTo(fitted + refined, within(1e-9));
        assertThat(small(recipe(testTime(1, ValuesFrom.RECALIBRATED), 6), Devices.of(1))
                        .stages()
                        .get(0)
                        .roundSeconds())
                .as("one device takes turns")
                .isCloseTo(fitted + refined + seconds(parts, "generation, unlabeled"), within(1e-9));
    }

    @Test
    void theOldCriticsValuesWaitForNoFit() {
        StagePlan stage = small(recipe(testTime(1, ValuesFrom.PREVIOUS), 6), Devices.of(3))
                .stages()
                .get(0);
        Map<String, RoundPart> parts = parts(stage);

        assertThat(stage.roundSeconds())
                .isCloseTo(
                        Math.max(
                                        seconds(parts, "generation, labeled", "generation, unlabeled"),
                                        seconds(parts, "values of unlabeled"))
                                + seconds(
                                        parts,
                                        "old log-probabilities",
                                        "policy epochs",
                                        "policy's hand-over and checkpoint"),
                        within(1e-9));
    }

    private static double seconds(Map<String, RoundPart> parts, String... names) {
        return List.of(names).stream()
                .mapToDouble(name -> part(parts, name).seconds())
                .sum();
    }

    @Test
    void anEStepThatIsDueEverySecondRoundCountsHalf() {
        StagePlan always = small(recipe(testTime(1, ValuesFrom.RECALIBRATED), 6), Devices.of(3))
                .stages()
                .get(0);
        StagePlan half = small(recipe(testTime(2, ValuesFrom.RECALIBRATED), 6), Devices.of(3))
                .stages()
                .get(0);
        StagePlan never = small(recipe(testTime(0, ValuesFrom.RECALIBRATED), 6), Devices.of(3))
                .stages()
                .get(0);

        assertThat(part(parts(half), "critic epochs").operations())
                .isEqualTo(part(parts(always), "critic epochs").operations() / 2);
        assertThat(half.judged()).isEqualTo(1);
        assertThat(parts(never)).doesNotContainKeys("critic epochs", "generation, labeled");
        assertThat(half.roundSeconds()).isCloseTo((always.roundSeconds() + never.roundSeconds()) / 2, within(1e-9));
    }

    @Test
    void aRoundWaitsForOneResponseOfFullLength() {
        double shorter = small(recipe(testTime(0, ValuesFrom.RECALIBRATED), 6), Devices.of(3))
                .seconds();
        double longer = small(recipe(testTime(0, ValuesFrom.RECALIBRATED), 2000), Devices.of(3))
                .seconds();

        // 1,999 steps of at least 4 layers of 80 us, in each of four rounds.
        assertThat(longer - shorter).isGreaterThan(4 * 1990 * 320e-6);
    }

    @Test
    void aGpuDecodesAsFastAsLaunchesOrMemoryAllow() {
        Card card = Card.named("h100");
        Assumptions assumed = Assumptions.of(card, LARGE, 256, 8193, 23, 0);
        WorkCosts costs = new WorkCosts(LARGE, TrainingMethod.plain(), memory(LARGE), assumed, Devices.of(3), 8193);

        // 15.136 GB of weights and .642 GB of keys and values at .6 * 3.35 TB/s are less than 36 layers of .2625 ms.
        assertThat(costs.longestResponse()).isCloseTo(8192 * 36 * 8.4e-3 / 32, within(.01));
        // 23 together read 15.136 + 23 * .642 = 29.898 GB a step, 14.87 ms; their prompts take .2 s.
        assertThat(costs.generation("", 23, 1).seconds()).isCloseTo(8192 * 14.874e-3, within(.4));
    }

    @Test
    void criticAndPolicyHaveOneGpuEachAndGenerationTheRest() {
        assertThat(Devices.of(1).words("GPU")).isEqualTo("1 GPU for everything, in turn");
        assertThat(Devices.of(2).words("GPU")).isEqualTo("1 GPU rollout, 1 GPU critic and policy in turn");
        assertThat(Devices.of(8).words("GPU")).isEqualTo("6 GPUs rollout, 1 GPU critic, 1 GPU policy");
    }

    @Test
    void spreadTrainingIsFasterAndLeavesGenerationADevice() {
        Recipe recipe = recipe(testTime(1, ValuesFrom.RECALIBRATED), 6);
        Assumptions assumed = Assumptions.of(CORE, SMALL, 4, 6, 256, 0);
        RunPlan spread = RunPlan.spread(recipe, SMALL, memory(SMALL), assumed, 8, 1, 1);

        assertThat(spread.seconds()).isLessThan(small(recipe, Devices.of(8)).seconds());
        assertThat(spread.devices().rollout()).isPositive();
        assertThatThrownBy(() -> RunPlan.spread(recipe, SMALL, memory(SMALL), assumed, 8, 4, 4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("8");
    }

    @Test
    void anUnknownGpuListsTheKnownOnes() {
        assertThat(Card.named("rtx 4090").memory()).isEqualTo(24e9);
        assertThatThrownBy(() -> Card.named("V100"))
                .isInstanceOf(UserException.class)
                .hasMessageContainingAll("V100", "H100", "A100-40GB", "RTX-4090");
    }
}
