package dev.tempo.model.training;

import dev.tempo.contract.recipe.Optimizer;
import dev.tempo.model.ModelConfig;
import dev.tempo.model.scripts.BenchmarkSetup;
import dev.tempo.model.scripts.ShortestTime;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A benchmark of looking for NaN and infinity in weights and moments after a step, against the step. Not a test: surefire runs
 * it by name only (docs/benchmarks.md).
 */
class FiniteCheckBenchmark {
    private static final int ROWS = 64;
    private static final int LENGTH = 32;

    @TempDir
    Path directory;

    @Test
    void measure() {
        System.out.println("| hidden | weights | policy step with the check, ms | the check, ms | share of the step |");
        System.out.println("|---|---|---|---|---|");
        for (ModelConfig config : BenchmarkSetup.shapes()) {
            Path model = BenchmarkSetup.random(config, directory.resolve("hidden-" + config.hiddenSize()));
            int rows = config.parameters() < 1_000_000 ? ROWS : ROWS / 4;
            long[][] ids = new long[rows][LENGTH];
            for (long[] row : ids) {
                Arrays.fill(row, 11);
            }
            float[] zeros = new float[rows * (LENGTH - 1)];
            PolicyMiniBatch batch = TrainingBenchmark.batch(ids, zeros, zeros);
            ShortestTime step = new ShortestTime();
            ShortestTime check = new ShortestTime();
            try (PolicyTrainer policy = PolicyTrainer.start(model, Optimizer.of(1e-4))) {
                for (int turn = 0; turn < 4 * BenchmarkSetup.TURNS; turn++) {
                    step.take(time(() -> policy.step(batch, TrainingBenchmark.LOSS)));
                    check.take(time(policy::notFinite));
                }
            }
            System.out.printf(
                    Locale.ROOT,
                    "| %d | %d | %.2f | %.3f | %.2f %% |%n",
                    config.hiddenSize(),
                    config.parameters(),
                    1e3 * step.seconds(),
                    1e3 * check.seconds(),
                    100 * check.seconds() / step.seconds());
        }
    }

    private static double time(Runnable work) {
        double begun = BenchmarkSetup.now();
        work.run();
        return BenchmarkSetup.now() - begun;
    }
}
