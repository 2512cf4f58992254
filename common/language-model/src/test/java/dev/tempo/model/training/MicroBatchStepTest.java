package dev.tempo.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tempo.contract.recipe.Aggregation;
import dev.tempo.contract.recipe.Optimizer;
import dev.tempo.contract.recipe.PolicyLossKind;
import dev.tempo.model.Head;
import dev.tempo.model.ModelConfig;
import dev.tempo.model.ModelLayout;
import dev.tempo.model.Parameter;
import dev.tempo.model.Sequence;
import dev.tempo.model.TinyModel;
import dev.tempo.model.files.TensorFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests of a step that is computed in parts, layer by layer, against the step on the whole mini-batch at once. */
public class MicroBatchStepTest {
    /** Optimizer settings with which the moments hold the gradient. */
    private static final Optimizer BARE = new Optimizer(0, 0, 0, 0, 1e9);

    private static final CriticLossSettings CLIPPED = CriticLossSettings.clipped(.05, Aggregation.TOKEN_MEAN);

    @TempDir
    Path directory;

    static TrainingMethod parts(int tokens) {
        return new TrainingMethod(null, tokens, false);
    }

    public static PolicyMiniBatch policyBatch(PolicyTrainer trainer) {
        List<Sequence> sequences = new ArrayList<>(TinyModel.sequences(9, 4));
        sequences.add(new Sequence(new int[] {2}, new int[] {3, 4}, new boolean[] {true, true}));
        List<float[]> advantages = new ArrayList<>();
        List<float[]> old = new ArrayList<>();
        for (float[] row : trainer.logProbs(sequences)) {
            float[] advantage = new float[row.length];
            float[] before = row.clone();
            for (int t = 0; t < row.length; t++) {
                advantage[t] = (advantages.size() % 3 - 1) + .1f * t;
                before[t] += .02f * ((t + advantages.size()) % 5 - 2);
            }
            advantages.add(advantage);
            old.add(before);
        }
        return new PolicyMiniBatch(sequences, old, advantages, TinyModel.sequences(4, 70));
    }

    static CriticMiniBatch criticBatch(CriticTrainer trainer) {
        List<Sequence> sequences = TinyModel.sequences(9, 4);
        List<Float> outcomes = new ArrayList<>();
        List<float[]> old = new ArrayList<>();
        for (float[] row : trainer.values(sequences)) {
            outcomes.add((float) (outcomes.size() % 2));
            float[] before = row.clone();
            for (int t = 0; t < row.length; t++) {
                before[t] += .1f * (outcomes.size() % 3 - 1);
            }
            old.add(before);
        }
        return new CriticMiniBatch(sequences, outcomes, old);
    }

    @ParameterizedTest
    @MethodSource("dev.tempo.model.TinyModel#configs")
    void theGradientDoesNotDependOnThePacking(ModelConfig config) {
        Path model = TinyModel.write(directory.resolve("model"), config, Head.VOCABULARY, 5);
        for (PolicyLossKind kind : PolicyLossKind.values()) {
            for (Aggregation aggregation : Aggregation.values()) {
                PolicyLossSettings loss = new PolicyLossSettings(kind, .01, .01, aggregation, .3);
                StepStats whole = policyStep(model, TrainingMethod.plain(), loss, "whole");
                for (int tokens : new int[] {0, 1, 40, 100}) {
                    StepStats inParts = policyStep(model, parts(tokens), loss, "parts");
                    assertSame(whole, inParts);
                    assertSameGradient(config, Head.VOCABULARY, 1e-5);
                }
                assertThat(whole.clipFraction()).isPositive();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.tempo.model.TinyModel#configs")
    void theSameHoldsForACritic(ModelConfig config) {
        Path model = TinyModel.write(directory.resolve("model"), config, Head.VALUE, 5);
        for (CriticLossSettings loss : List.of(CriticLossSettings.squaredError(), CLIPPED)) {
            StepStats whole = criticStep(model, TrainingMethod.plain(), loss, "whole");
            for (int tokens : new int[] {0, 1, 40, 100}) {
                assertSame(whole, criticStep(model, parts(tokens), loss, "parts"));
                assertSameGradient(config, Head.VALUE, 1e-5);
            }
        }
    }

    private StepStats policyStep(Path model, TrainingMethod method, PolicyLossSettings loss, String name) {
        try (PolicyTrainer trainer = PolicyTrainer.start(model, BARE, method, 1)) {
            StepStats stats = trainer.step(policyBatch(trainer), loss);
            trainer.saveState(directory.resolve(name), Map.of());
            return stats;
        }
    }

    private StepStats criticStep(Path model, TrainingMethod method, CriticLossSettings loss, String name) {
        try (CriticTrainer trainer = CriticTrainer.start(model, BARE, method, 1)) {
            StepStats stats = trainer.step(criticBatch(trainer), loss);
            trainer.saveState(directory.resolve(name), Map.of());
            return stats;
        }
    }

    private static void assertSame(StepStats whole, StepStats inParts) {
        assertThat(inParts.loss()).isCloseTo(whole.loss(), within(1e-5));
        assertThat(inParts.gradientNorm()).isCloseTo(whole.gradientNorm(), within(1e-4 * whole.gradientNorm()));
        assertThat(inParts.clipFraction()).isCloseTo(whole.clipFraction(), within(1e-6));
        assertThat(inParts.approxKl()).isCloseTo(whole.approxKl(), within(1e-6));
        assertThat(inParts.entropy()).isCloseTo(whole.entropy(), within(1e-5));
        assertThat(inParts.tokens()).isEqualTo(whole.tokens());
    }

    /** Compares tensors entry by entry, with a tolerance relative to the tensor's largest entry. */
    private void assertSameGradient(ModelConfig config, Head head, double tolerance) {
        TensorFile whole = TensorFile.open(directory.resolve("whole"));
        TensorFile parts = TensorFile.open(directory.resolve("parts"));
        for (Parameter.Part part : ModelLayout.parts(config, head)) {
            float[] expected =
                    whole.find("first_moment." + part.name(), part.shape()).toFloatArray();
            float[] actual =
                    parts.find("first_moment." + part.name(), part.shape()).toFloatArray();
            double largest = 0;
            double farthest = 0;
            for (int i = 0; i < expected.length; i++) {
                largest = Math.max(largest, Math.abs(expected[i]));
                farthest = Math.max(farthest, Math.abs(expected[i] - actual[i]));
            }
            assertThat(largest).as(part.name()).isPositive();
            assertThat(farthest).as(part.name()).isLessThan(tolerance * Math.max(largest, 1e-2));
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "6, 3", "12, 2", "1000, 1"})
    void partsHoldToTheirBudgetAndLoseNoRow(int budget, int fewest) {
        List<Integer> lengths = List.of(2, 6, 1, 3, 3, 2);
        List<List<Integer>> parts = MicroBatches.of(lengths, budget);
        assertThat(parts).hasSizeGreaterThanOrEqualTo(fewest);
        assertThat(parts.stream().flatMap(List::stream)).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5);
        for (List<Integer> part : parts) {
            int longest = part.stream().mapToInt(lengths::get).max().orElseThrow();
            assertThat(budget == 0 || part.size() == 1 || part.size() * longest <= budget)
                    .isTrue();
        }
    }

    @Test
    void aRestoredTrainerContinuesBitForBit() {
        Path model = TinyModel.policy(directory.resolve("model"), 1);
        PolicyLossSettings loss =
                new PolicyLossSettings(PolicyLossKind.SEQUENCE_CLIP, .03, .05, Aggregation.TOKEN_MEAN, .2);
        try (PolicyTrainer trainer = PolicyTrainer.start(model, TrainerTest.OPTIMIZER, parts(40), 1)) {
            trainer.step(policyBatch(trainer), loss);
            trainer.saveState(directory.resolve("state"), Map.of());
            trainer.step(policyBatch(trainer), loss);
            trainer.saveState(directory.resolve("straight"), Map.of());
        }
        try (PolicyTrainer trainer = PolicyTrainer.restore(model, directory.resolve("state"), parts(40))) {
            trainer.step(policyBatch(trainer), loss);
            trainer.saveState(directory.resolve("restored"), Map.of());
        }
        assertThat(directory.resolve("restored")).hasSameBinaryContentAs(directory.resolve("straight"));
    }

    @Test
    void aLossThatIsNotFiniteChangesNothing() {
        Path model = TinyModel.policy(directory.resolve("model"), 1);
        PolicyLossSettings loss = new PolicyLossSettings(PolicyLossKind.TOKEN_CLIP, .2, .2, Aggregation.TOKEN_MEAN, 0);
        try (PolicyTrainer trainer = PolicyTrainer.start(model, TrainerTest.OPTIMIZER, parts(40), 1)) {
            trainer.saveState(directory.resolve("before"), Map.of());
            PolicyMiniBatch batch = policyBatch(trainer);
            batch.advantages().get(3)[0] = Float.NaN;
            assertThatThrownBy(() -> trainer.step(batch, loss)).isInstanceOf(NonFiniteException.class);
            trainer.saveState(directory.resolve("after"), Map.of());
        }
        assertThat(directory.resolve("after")).hasSameBinaryContentAs(directory.resolve("before"));
    }

    @ParameterizedTest
    @MethodSource("dev.tempo.model.TinyModel#configs")
    void aStepInBfloat16IsNearTheOneInFloat32(ModelConfig config) {
        Path model = TinyModel.write(directory.resolve("model"), config, Head.VOCABULARY, 5);
        PolicyLossSettings loss = new PolicyLossSettings(PolicyLossKind.SEQUENCE_CLIP, 0, 0, Aggregation.TOKEN_MEAN, 1);
        StepStats whole = rehearsal(model, TrainingMethod.plain(), loss);
        StepStats narrow = rehearsal(model, new TrainingMethod(null, 60, true), loss);
        assertThat(narrow.loss()).isNotEqualTo(whole.loss()).isCloseTo(whole.loss(), within(.05));
        assertThat(narrow.gradientNorm()).isCloseTo(whole.gradientNorm(), within(.1 * whole.gradientNorm()));
        List<Sequence> sequences = TinyModel.sequences(4, 3);
        try (PolicyTrainer exact = PolicyTrainer.start(model, BARE);
                PolicyTrainer trainer = PolicyTrainer.start(model, BARE, new TrainingMethod(null, 0, true), 1)) {
            float[] expected = exact.logProbs(sequences).get(1);
            float[] actual = trainer.logProbs(sequences).get(1);
            assertThat(Arrays.equals(expected, actual)).isFalse();
            for (int t = 0; t < expected.length; t++) {
                assertThat(actual[t]).isCloseTo(expected[t], within(.15f));
            }
        }
    }

    private static StepStats rehearsal(Path model, TrainingMethod method, PolicyLossSettings loss) {
        try (PolicyTrainer trainer = PolicyTrainer.start(model, BARE, method, 1)) {
            return trainer.step(
                    new PolicyMiniBatch(List.of(), List.of(), List.of(), TinyModel.sequences(12, 70)), loss);
        }
    }
}
