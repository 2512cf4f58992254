package dev.tempo.model.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tempo.contract.recipe.Aggregation;
import dev.tempo.contract.recipe.LowRank;
import dev.tempo.contract.recipe.Optimizer;
import dev.tempo.contract.recipe.PolicyLossKind;
import dev.tempo.model.ModelConfig;
import dev.tempo.model.Sequence;
import dev.tempo.model.TinyModel;
import dev.tempo.model.WeightType;
import dev.tempo.model.forward.LoadingMemoryTest;
import dev.tempo.model.inference.GenerationTask;
import dev.tempo.model.inference.Policy;
import dev.tempo.model.inference.SamplingSettings;
import dev.tempo.model.scripts.MeasuredProcess;
import dev.tempo.model.training.CriticLossSettings;
import dev.tempo.model.training.CriticMiniBatch;
import dev.tempo.model.training.CriticTrainer;
import dev.tempo.model.training.PolicyLossSettings;
import dev.tempo.model.training.PolicyMiniBatch;
import dev.tempo.model.training.PolicyTrainer;
import dev.tempo.model.training.TrainingMethod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests of the plan against the peak memory of a process that takes a step or generates. */
class MemoryPlanTest {
    private static final int LENGTH = 512;
    private static final ModelConfig MODEL = new ModelConfig(
            "qwen3", 640, 6, 10, 5, 64, 1920, 1e-6, 1e6, true, 12_000, 1024, OptionalInt.empty(), List.of(1));

    @TempDir
    Path directory;

    /**
     * A program that does twice what a role does, {@code main(role, model, tiny model, LoRA's rank, micro-batch, rows)}, and
     * prints by how much its peak rises.
     */
    static final class RoleProgram {
        private RoleProgram() {}

        public static void main(String[] arguments) throws IOException {
            MemoryPlan.Role role = MemoryPlan.Role.valueOf(arguments[0]);
            TrainingMethod method = method(Integer.parseInt(arguments[3]), Integer.parseInt(arguments[4]));
            // The engine, and its kernels for large products, before the measurement.
            work(role, Path.of(arguments[2]), method, 128, 64);
            long before = MeasuredProcess.kibibytes("VmRSS:");
            work(role, Path.of(arguments[1]), method, Integer.parseInt(arguments[5]), LENGTH);
            System.out.println("peak " + (MeasuredProcess.kibibytes("VmHWM:") - before) * 1024);
        }

        private static void work(MemoryPlan.Role role, Path model, TrainingMethod method, int rows, int length) {
            switch (role) {
                case ROLLOUT -> generate(model, rows, length);
                case CRITIC -> stepOfCritic(model, method, sequences(rows, length));
                case POLICY -> stepOfPolicy(model, method, sequences(rows, length));
            }
        }

        private static List<Sequence> sequences(int rows, int length) {
            List<Sequence> sequences = new ArrayList<>();
            for (int row = 0; row < rows; row++) {
                int[] ids = TinyModel.ids(row, length + 1);
                sequences.add(Sequence.of(Arrays.copyOf(ids, 1), Arrays.copyOfRange(ids, 1, ids.length)));
            }
            return sequences;
        }

        private static void stepOfPolicy(Path model, TrainingMethod method, List<Sequence> sequences) {
            List<float[]> zeros = new ArrayList<>();
            List<float[]> ones = new ArrayList<>();
            for (Sequence sequence : sequences) {
                float[] one = new float[sequence.responseIds().length];
                Arrays.fill(one, 1);
                ones.add(one);
                zeros.add(new float[one.length]);
            }
            try (PolicyTrainer trainer = PolicyTrainer.start(model, Optimizer.of(1e-3), method, 1)) {
                trainer.step(
                        new PolicyMiniBatch(sequences, zeros, ones, List.of()),
                        new PolicyLossSettings(PolicyLossKind.TOKEN_CLIP, .2, .2, Aggregation.TOKEN_MEAN, 0));
            }
        }

        private static void stepOfCritic(Path model, TrainingMethod method, List<Sequence> sequences) {
            List<Float> outcomes = sequences.stream().map(sequence -> 1f).toList();
            try (CriticTrainer trainer = CriticTrainer.start(model, Optimizer.of(1e-3), method, 1)) {
                trainer.step(new CriticMiniBatch(sequences, outcomes), CriticLossSettings.squaredError());
            }
        }

        private static void generate(Path model, int rows, int length) {
            SamplingSettings sampling = new SamplingSettings(1, 4);
            List<GenerationTask> tasks = new ArrayList<>();
            for (int row = 0; row < rows; row++) {
                tasks.add(new GenerationTask(TinyModel.ids(row, length - 4), row, sampling, null));
            }
            try (Policy policy = Policy.load(model)) {
                policy.generate(tasks);
            }
        }
    }

    private static TrainingMethod method(int rank, int tokens) {
        LowRank lora = rank == 0 ? null : new LowRank(rank, rank, LowRank.PROJECTIONS);
        return new TrainingMethod(lora, tokens, false);
    }

    @ParameterizedTest
    @CsvSource({
        "POLICY, 3, 0, 0",
        "POLICY, 3, 0, 512",
        "POLICY, 3, 8, 512",
        "CRITIC, 3, 0, 0",
        "CRITIC, 3, 8, 512",
        "ROLLOUT, 32, 0, 0"
    })
    void aProcesssPeakIsWithinAFewPercentOfThePlan(MemoryPlan.Role role, int rows, int rank, int tokens)
            throws IOException, InterruptedException {
        Path model = LoadingMemoryTest.zeros(directory.resolve("model"), MODEL, WeightType.FLOAT32, 0);
        Files.write(model.resolve("tokenizer.json"), new byte[0]);
        Path tiny = TinyModel.policy(directory.resolve("tiny"), 1);
        // What is freed goes back at once: else the peak says how glibc's heap happened to be cut up.
        String said = MeasuredProcess.output(
                directory,
                Map.of("MALLOC_MMAP_THRESHOLD_", "1048576"),
                RoleProgram.class,
                role.name(),
                model.toString(),
                tiny.toString(),
                Integer.toString(rank),
                Integer.toString(tokens),
                Integer.toString(rows));
        double peak =
                Double.parseDouble(said.substring(said.indexOf("peak ") + 5).strip());
        MemoryPlan plan = new MemoryPlan(
                MODEL, method(rank, tokens), new MemoryPlan.Workload(LENGTH, rows, rows, 1, WeightType.FLOAT32));
        // A critic in training loads no version beside the one it trains; its process values with others.
        long planned = plan.total(role)
                - (role == MemoryPlan.Role.CRITIC ? plan.bytes(role).getOrDefault("loaded versions", 0L) : 0);
        assertThat(peak / planned)
                .as("%.0f MB of %s", peak / 1e6, plan.bytes(role))
                .isCloseTo(1, within(.15));
    }
}
