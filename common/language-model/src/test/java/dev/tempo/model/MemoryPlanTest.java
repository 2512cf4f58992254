package dev.tempo.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The plan against the peak of a process that takes a step. */
class MemoryPlanTest {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final int LENGTH = 768;
    private static final int ROWS = 3;
    private static final ModelConfig MODEL = new ModelConfig(
            "qwen3", 640, 6, 10, 5, 64, 1920, 1e-6, 1e6, true, 12_000, 1024, OptionalInt.empty(), List.of(1));

    @TempDir
    Path directory;

    /** Takes two steps: {@code main(model, tiny model, LoRA's rank, micro-batch)}; prints how far its peak rose. */
    static final class Stepping {
        private Stepping() {}

        public static void main(String[] arguments) throws IOException {
            Path model = Path.of(arguments[0]);
            TrainingMethod method = method(Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
            // The engine, and its kernels for large products, before the measurement.
            step(Path.of(arguments[1]), method, 128, 64);
            long before = kibibytes("VmRSS:");
            step(model, method, ROWS, LENGTH);
            System.out.println("peak " + (kibibytes("VmHWM:") - before) * 1024);
        }

        private static void step(Path model, TrainingMethod method, int rows, int length) {
            List<Sequence> sequences = new ArrayList<>();
            List<float[]> zeros = new ArrayList<>();
            List<float[]> ones = new ArrayList<>();
            for (int row = 0; row < rows; row++) {
                int[] ids = TinyModel.ids(row, length + 1);
                sequences.add(Sequence.of(Arrays.copyOf(ids, 1), Arrays.copyOfRange(ids, 1, ids.length)));
                zeros.add(new float[length]);
                float[] one = new float[length];
                Arrays.fill(one, 1);
                ones.add(one);
            }
            try (PolicyTrainer trainer = PolicyTrainer.start(model, OptimizerSettings.of(1e-3), method, 1)) {
                trainer.step(
                        new PolicyMiniBatch(sequences, zeros, ones, List.of()),
                        new PolicyLossSettings(PolicyLossKind.PPO, .2, .2, LossAggregation.TOKEN_MEAN, 0));
            }
        }
    }

    private static TrainingMethod method(int rank, int tokens) {
        LoraSettings lora = rank == 0 ? null : new LoraSettings(rank, rank, LoraSettings.PROJECTIONS);
        return new TrainingMethod(lora, tokens, false);
    }

    private static long kibibytes(String field) throws IOException {
        for (String line : Files.readAllLines(STATUS)) {
            if (line.startsWith(field)) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new IllegalStateException(STATUS + " has no " + field);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0, 768", "0, 2304", "8, 768"})
    void aTrainersPeakIsWithinAFewPercentOfThePlan(int rank, int tokens) throws IOException, InterruptedException {
        assumeTrue(Files.exists(STATUS), "resident memory is read from /proc");
        Path model = LoadingMemoryTest.zeros(directory.resolve("model"), MODEL, WeightType.FLOAT32, 0);
        Files.write(model.resolve("tokenizer.json"), new byte[0]);
        Path tiny = TinyModel.policy(directory.resolve("tiny"), 1);
        Path output = directory.resolve("output");
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-Xmx64m",
                        "-XX:+AlwaysPreTouch",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Stepping.class.getName(),
                        model.toString(),
                        tiny.toString(),
                        Integer.toString(rank),
                        Integer.toString(tokens))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(1, TimeUnit.HOURS)).isTrue();
        String said = Files.readString(output);
        assertThat(process.exitValue()).as(said).isZero();
        double peak =
                Double.parseDouble(said.substring(said.indexOf("peak ") + 5).strip());
        MemoryPlan plan = new MemoryPlan(
                MODEL, method(rank, tokens), new MemoryPlan.Workload(LENGTH, ROWS, 1, 1, WeightType.FLOAT32));
        assertThat(peak / plan.total(MemoryPlan.Role.POLICY))
                .as("%.0f MB of %s", peak / 1e6, plan.bytes(MemoryPlan.Role.POLICY))
                .isCloseTo(1, within(.15));
    }
}
