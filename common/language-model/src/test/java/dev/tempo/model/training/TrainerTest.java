package dev.tempo.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tempo.contract.recipe.Aggregation;
import dev.tempo.contract.recipe.Optimizer;
import dev.tempo.contract.recipe.PolicyLossKind;
import dev.tempo.model.Head;
import dev.tempo.model.ModelLayout;
import dev.tempo.model.Parameter;
import dev.tempo.model.Sequence;
import dev.tempo.model.TinyModel;
import dev.tempo.model.directory.WeightFiles;
import dev.tempo.model.files.TensorFile;
import dev.tempo.model.inference.GenerationTask;
import dev.tempo.model.inference.Policy;
import dev.tempo.model.inference.SamplingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

public class TrainerTest {
    public static final Optimizer OPTIMIZER = new Optimizer(3e-3, .9, .95, .01, 1);
    private static final PolicyLossSettings LOSS =
            new PolicyLossSettings(PolicyLossKind.SEQUENCE_CLIP, .03, .05, Aggregation.TOKEN_MEAN, .2);

    @TempDir
    Path directory;

    private static PolicyMiniBatch policyBatch(PolicyTrainer trainer, int round) {
        List<Sequence> sequences = TinyModel.sequences(6, 40 + round);
        List<float[]> advantages = new ArrayList<>();
        for (int i = 0; i < sequences.size(); i++) {
            float[] row = new float[sequences.get(i).responseIds().length];
            Arrays.fill(row, i % 2 == 0 ? 1 : -.5f);
            advantages.add(row);
        }
        return new PolicyMiniBatch(
                sequences, trainer.logProbs(sequences), advantages, TinyModel.sequences(3, 70 + round));
    }

    private static CriticMiniBatch criticBatch(int round) {
        return new CriticMiniBatch(TinyModel.sequences(4, round), List.of(1f, 0f, 0f, 1f));
    }

    private static byte[] weights(Path model) throws IOException {
        return Files.readAllBytes(model.resolve("model.safetensors"));
    }

    @Test
    void aRestoredPolicyContinuesBitForBit() throws IOException {
        Path model = TinyModel.policy(directory.resolve("model"), 1);
        try (PolicyTrainer trainer = PolicyTrainer.start(model, OPTIMIZER)) {
            for (int round = 0; round < 3; round++) {
                trainer.step(policyBatch(trainer, round), LOSS);
            }
            trainer.saveState(directory.resolve("state"), Map.of("round", "3", "offsets", "{\"0\":17}"));
            for (int round = 3; round < 6; round++) {
                trainer.step(policyBatch(trainer, round), LOSS);
            }
            trainer.save(directory.resolve("straight"));
        }
        assertThat(PolicyTrainer.notes(directory.resolve("state")))
                .isEqualTo(Map.of("round", "3", "offsets", "{\"0\":17}"));
        try (PolicyTrainer trainer = PolicyTrainer.restore(model, directory.resolve("state"))) {
            assertThat(trainer.optimizer()).isEqualTo(OPTIMIZER);
            for (int round = 3; round < 6; round++) {
                trainer.step(policyBatch(trainer, round), LOSS);
            }
            trainer.save(directory.resolve("restored"));
        }
        assertThat(weights(directory.resolve("restored")))
                .isEqualTo(weights(directory.resolve("straight")))
                .isNotEqualTo(weights(model));
    }

    @Test
    void aRestoredCriticContinuesBitForBit() throws IOException {
        Path model = TinyModel.critic(directory.resolve("model"), 1);
        try (CriticTrainer trainer = CriticTrainer.start(model, OPTIMIZER)) {
            trainer.step(criticBatch(0), CriticLossSettings.squaredError());
            trainer.saveState(directory.resolve("state"), Map.of());
            trainer.step(criticBatch(1), CriticLossSettings.squaredError());
            trainer.save(directory.resolve("straight"));
        }
        try (CriticTrainer trainer = CriticTrainer.restore(model, directory.resolve("state"))) {
            trainer.step(criticBatch(1), CriticLossSettings.squaredError());
            trainer.save(directory.resolve("restored"));
        }
        assertThat(weights(directory.resolve("restored"))).isEqualTo(weights(directory.resolve("straight")));
    }

    @Test
    void aSavedPolicyMeasuresAsItsTrainerDoes() {
        Path model = TinyModel.policy(directory.resolve("model"), 1);
        List<Sequence> sequences = TinyModel.sequences(9, 3);
        try (PolicyTrainer trainer = PolicyTrainer.start(model, OPTIMIZER)) {
            trainer.step(policyBatch(trainer, 0), LOSS);
            trainer.save(directory.resolve("saved"));
            try (Policy policy = Policy.load(directory.resolve("saved"))) {
                assertThat(policy.logProbs(sequences))
                        .usingElementComparator(Arrays::compare)
                        .isEqualTo(trainer.logProbs(sequences));
            }
        }
        assertThat(directory.resolve("saved").resolve("tokenizer.json"))
                .hasSameBinaryContentAs(model.resolve("tokenizer.json"));
        assertThat(directory.resolve("saved").resolve("config.json"))
                .hasSameBinaryContentAs(model.resolve("config.json"));
    }

    @Test
    void theFirstStepMovesEveryWeightByTheLearningRateAlongItsGradient() throws IOException {
        Path model = TinyModel.policy(directory.resolve("model"), 1);
        Optimizer settings = new Optimizer(1e-3, .9, .95, .1, 1e9);
        try (PolicyTrainer trainer = PolicyTrainer.start(model, settings)) {
            trainer.step(policyBatch(trainer, 0), LOSS);
            trainer.saveState(directory.resolve("state"), Map.of());
        }
        int moved = 0;
        TensorFile state = TensorFile.open(directory.resolve("state"));
        WeightFiles before = WeightFiles.open(model);
        for (Parameter.Part part : ModelLayout.parts(TinyModel.config(true), Head.VOCABULARY)) {
            float[] old = before.find(part).toFloatArray();
            float[] updated = state.find("weights." + part.name(), part.shape()).toFloatArray();
            float[] first =
                    state.find("first_moment." + part.name(), part.shape()).toFloatArray();
            for (int i = 0; i < part.size(); i++) {
                double gradient = first[i] / (1 - .9);
                double expected = old[i] * (1 - 1e-3 * .1) - 1e-3 * gradient / (Math.abs(gradient) + 1e-8);
                assertThat((double) updated[i]).isCloseTo(expected, within(2e-6));
                moved += gradient != 0 ? 1 : 0;
            }
        }
        assertThat(moved).isGreaterThan(5000);
    }

    @Test
    void aResetOptimizerIsAFreshOne() throws IOException {
        Path model = TinyModel.policy(directory.resolve("model"), 1);
        try (PolicyTrainer trainer = PolicyTrainer.start(model, OPTIMIZER)) {
            trainer.step(policyBatch(trainer, 0), LOSS);
            trainer.save(directory.resolve("between"));
            trainer.resetOptimizer(Optimizer.of(1e-4));
            trainer.step(policyBatch(trainer, 1), LOSS);
            trainer.save(directory.resolve("reset"));
        }
        try (PolicyTrainer trainer = PolicyTrainer.start(directory.resolve("between"), Optimizer.of(1e-4))) {
            trainer.step(policyBatch(trainer, 1), LOSS);
            trainer.save(directory.resolve("fresh"));
        }
        assertThat(weights(directory.resolve("reset"))).isEqualTo(weights(directory.resolve("fresh")));
    }

    @Test
    void aLossThatIsNotFiniteChangesNothing() throws IOException {
        Path model = TinyModel.policy(directory.resolve("model"), 1);
        try (PolicyTrainer trainer = PolicyTrainer.start(model, OPTIMIZER)) {
            trainer.step(policyBatch(trainer, 0), LOSS);
            trainer.saveState(directory.resolve("before"), Map.of());
            PolicyMiniBatch good = policyBatch(trainer, 1);
            float[] broken = good.advantages().get(2).clone();
            broken[0] = Float.NaN;
            List<float[]> advantages = new ArrayList<>(good.advantages());
            advantages.set(2, broken);
            assertThatThrownBy(() -> trainer.step(
                            new PolicyMiniBatch(good.sequences(), good.oldLogProbs(), advantages, List.of()), LOSS))
                    .isInstanceOf(NonFiniteException.class)
                    .hasMessageContaining("NaN");
            trainer.saveState(directory.resolve("after"), Map.of());
        }
        assertThat(directory.resolve("after")).hasSameBinaryContentAs(directory.resolve("before"));
    }

    @Test
    void aStepThatLeavesAWeightThatIsNotFiniteNamesItsTensor() {
        Path model = TinyModel.policy(directory.resolve("model"), 1);
        try (PolicyTrainer trainer = PolicyTrainer.start(model, Optimizer.of(1e39))) {
            assertThat(trainer.notFinite()).isEmpty();
            assertThatThrownBy(() -> trainer.step(policyBatch(trainer, 0), LOSS))
                    .isInstanceOfSatisfying(
                            NonFiniteException.class,
                            found -> assertThat(found.tensor()).isEqualTo("weights.model.embed_tokens.weight"))
                    .hasMessageMatching(".*model\\.embed_tokens\\.weight \\(number \\d+ is (NaN|-?Infinity)\\).*");
            assertThat(trainer.notFinite()).isPresent();
        }
        Path critic = TinyModel.critic(directory.resolve("critic"), 1);
        try (CriticTrainer trainer = CriticTrainer.start(critic, Optimizer.of(1e39))) {
            assertThatThrownBy(() -> trainer.step(criticBatch(0), CriticLossSettings.squaredError()))
                    .isInstanceOfSatisfying(
                            NonFiniteException.class,
                            found -> assertThat(found.tensor()).startsWith("weights."));
            assertThat(trainer.notFinite()).isPresent();
        }
    }

    @Test
    void theEnvironmentsTokensCarryNoPolicyGradient() throws IOException {
        Path model = TinyModel.policy(directory.resolve("model"), 1);
        for (float atEnvironment : new float[] {0, 100}) {
            try (PolicyTrainer trainer = PolicyTrainer.start(model, OPTIMIZER)) {
                PolicyMiniBatch batch = policyBatch(trainer, 0);
                for (int i = 0; i < batch.sequences().size(); i++) {
                    boolean[] mask = batch.sequences().get(i).environmentMask();
                    for (int t = 0; t < mask.length; t++) {
                        if (mask[t]) {
                            batch.advantages().get(i)[t] = atEnvironment;
                            batch.oldLogProbs().get(i)[t] = -atEnvironment;
                        }
                    }
                }
                trainer.step(batch, LOSS);
                trainer.save(directory.resolve("with-" + (int) atEnvironment));
            }
        }
        assertThat(weights(directory.resolve("with-100"))).isEqualTo(weights(directory.resolve("with-0")));
    }

    @Test
    void aCriticLearnsToTellTwoResponsesApart() {
        Path model = TinyModel.policy(directory.resolve("model"), 1);
        List<Sequence> sequences = TinyModel.sequences(8, 5);
        List<Float> outcomes = List.of(1f, 0f, 1f, 0f, 1f, 0f, 1f, 0f);
        try (CriticTrainer trainer = CriticTrainer.start(model, Optimizer.of(3e-3))) {
            double first = 0;
            double last = 0;
            for (int step = 0; step < 80; step++) {
                last = trainer.step(new CriticMiniBatch(sequences, outcomes), CriticLossSettings.squaredError())
                        .loss();
                first = step == 0 ? last : first;
            }
            assertThat(first).isCloseTo(.25, within(1e-6));
            assertThat(last).isLessThan(.02);
        }
    }

    @Test
    void aStepWithoutAnyPolicyTokenIsRefused() {
        Path model = TinyModel.policy(directory.resolve("model"), 1);
        Sequence forced = new Sequence(new int[] {2}, new int[] {3}, new boolean[] {true});
        try (PolicyTrainer trainer = PolicyTrainer.start(model, OPTIMIZER)) {
            PolicyMiniBatch batch =
                    new PolicyMiniBatch(List.of(forced), List.of(new float[1]), List.of(new float[1]), List.of());
            assertThatThrownBy(() -> trainer.step(batch, LOSS)).hasMessageContaining("written by the policy");
        }
    }

    @Test
    void hundredsOfStepsLeaveNoMemoryBehind() throws IOException {
        assumeTrue(Files.exists(Path.of("/proc/self/status")), "resident memory is read from /proc");
        Path model = TinyModel.policy(directory.resolve("model"), 1);
        try (PolicyTrainer policy = PolicyTrainer.start(model, OPTIMIZER);
                CriticTrainer critic = CriticTrainer.start(model, OPTIMIZER);
                Policy sampler = Policy.load(model)) {
            List<GenerationTask> tasks = List.of(
                    new GenerationTask(new int[] {3, 4}, 1, new SamplingSettings(1, 12), null),
                    new GenerationTask(new int[] {3, 4, 5, 6, 7}, 2, new SamplingSettings(1, 12), null));
            long warm = 0;
            for (int step = 0; step < 300; step++) {
                policy.step(policyBatch(policy, step), LOSS);
                critic.step(criticBatch(step), CriticLossSettings.squaredError());
                sampler.generate(tasks);
                if (step == 100) {
                    warm = residentMegabytes();
                }
            }
            assertThat(residentMegabytes() - warm).isLessThan(60);
        }
    }

    private static long residentMegabytes() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
            }
        }
        throw new IllegalStateException("/proc/self/status has no VmRSS");
    }
}
