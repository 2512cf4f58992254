package dev.tempo.model.training;

import dev.tempo.contract.recipe.Aggregation;
import dev.tempo.contract.recipe.LowRank;
import dev.tempo.contract.recipe.Optimizer;
import dev.tempo.contract.recipe.PolicyLossKind;
import dev.tempo.model.Head;
import dev.tempo.model.ModelConfig;
import dev.tempo.model.Sequence;
import dev.tempo.model.forward.Transformer;
import dev.tempo.model.scripts.BenchmarkSetup;
import dev.tempo.model.scripts.PeerProcess;
import dev.tempo.model.scripts.ShortestTime;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A benchmark of training policies and critics. Not a test: surefire runs it by name only (docs/benchmarks.md). */
public class TrainingBenchmark {
    public static final PolicyLossSettings LOSS =
            new PolicyLossSettings(PolicyLossKind.TOKEN_CLIP, .2, .2, Aggregation.TOKEN_MEAN, 0);
    private static final int STEPS = 3;
    private static final TrainingMethod ADAPTER =
            new TrainingMethod(new LowRank(16, 32, LowRank.PROJECTIONS), 0, false);

    @TempDir
    Path directory;

    @Test
    void measure() {
        double peak = BenchmarkSetup.peak();
        for (ModelConfig config : BenchmarkSetup.trainingShapes()) {
            System.out.printf(
                    Locale.ROOT, "%n%s; matrix products: %.0f GFLOP/s%n", BenchmarkSetup.name(config), peak / 1e9);
            Path model = BenchmarkSetup.random(config, directory.resolve("hidden-" + config.hiddenSize()));
            try (PolicyTrainer policy = PolicyTrainer.start(model, Optimizer.of(1e-4));
                    PolicyTrainer lora = PolicyTrainer.start(model, Optimizer.of(1e-4), ADAPTER, 1);
                    CriticTrainer critic = CriticTrainer.start(model, Optimizer.of(1e-4));
                    Transformer start = Transformer.load(model, Head.VOCABULARY);
                    OpByOpStep plain = new OpByOpStep(config, start.weights().arrays(), Optimizer.of(1e-4));
                    PeerProcess python = PeerProcess.pytorch(config)) {
                System.out.println(
                        "| sequences | of tokens | policy step, ms | tokens/s | share of peak | op by op takes"
                                + " | PyTorch takes | LoRA of rank 16 takes | critic step, ms |");
                System.out.println("|---|---|---|---|---|---|---|---|---|");
                int[][] sizes = config.parameters() < 1_000_000
                        ? new int[][] {{64, 32}, {16, 128}, {8, 512}, {2, 2048}}
                        : new int[][] {{16, 32}, {4, 128}, {2, 512}, {1, 1024}};
                for (int[] size : sizes) {
                    row(policy, lora, critic, plain, python, size[0], size[1], peak);
                }
            }
        }
    }

    private static void row(
            PolicyTrainer policy,
            PolicyTrainer lora,
            CriticTrainer critic,
            OpByOpStep plain,
            PeerProcess python,
            int rows,
            int length,
            double peak) {
        long[][] ids = new long[rows][length];
        for (int row = 0; row < rows; row++) {
            for (int t = 0; t < length; t++) {
                ids[row][t] = 11 + (t * 7 + row) % 11;
            }
        }
        float[] old = new float[rows * (length - 1)];
        Arrays.fill(old, -2);
        float[] advantages = new float[old.length];
        for (int i = 0; i < advantages.length; i++) {
            advantages[i] = (i * 31 % 7 - 3) * .1f;
        }
        PolicyMiniBatch batch = batch(ids, old, advantages);
        List<Float> outcomes = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            outcomes.add((float) (row % 2));
        }
        CriticMiniBatch valued = new CriticMiniBatch(batch.sequences(), outcomes);
        ShortestTime own = new ShortestTime();
        ShortestTime adapter = new ShortestTime();
        ShortestTime values = new ShortestTime();
        ShortestTime opByOp = new ShortestTime();
        ShortestTime other = new ShortestTime();
        for (int turn = 0; turn < BenchmarkSetup.TURNS; turn++) {
            for (int step = 0; step < STEPS; step++) {
                own.take(time(() -> policy.step(batch, LOSS)));
                adapter.take(time(() -> lora.step(batch, LOSS)));
                values.take(time(() -> critic.step(valued, CriticLossSettings.squaredError())));
            }
            opByOp.take(time(() -> plain.step(ids, old, advantages, .2)));
            Arrays.stream(python.ask("train " + rows + " " + length + " " + STEPS))
                    .forEach(other::take);
        }
        double tokens = (double) rows * (length - 1);
        double seconds = own.seconds();
        System.out.printf(
                Locale.ROOT,
                "| %d | %d | %.1f | %.0f | %.1f %% | %s | %s | %s | %.1f |%n",
                rows,
                length,
                1e3 * seconds,
                tokens / seconds,
                100 * 3 * tokens * BenchmarkSetup.flops(policy.config(), length / 2.) / seconds / peak,
                opByOp.times(seconds),
                other.times(seconds),
                adapter.times(seconds),
                1e3 * values.seconds());
    }

    private static double time(Runnable work) {
        double begun = BenchmarkSetup.now();
        work.run();
        return BenchmarkSetup.now() - begun;
    }

    /** A mini-batch of rows of one length, in which all tokens but the first are the response. */
    static PolicyMiniBatch batch(long[][] ids, float[] old, float[] advantages) {
        List<Sequence> sequences = new ArrayList<>();
        List<float[]> olds = new ArrayList<>();
        List<float[]> advantagesOfRows = new ArrayList<>();
        for (int row = 0; row < ids.length; row++) {
            int[] tokens = Arrays.stream(ids[row]).mapToInt(id -> (int) id).toArray();
            int n = tokens.length - 1;
            sequences.add(Sequence.of(Arrays.copyOf(tokens, 1), Arrays.copyOfRange(tokens, 1, tokens.length)));
            olds.add(Arrays.copyOfRange(old, row * n, (row + 1) * n));
            advantagesOfRows.add(Arrays.copyOfRange(advantages, row * n, (row + 1) * n));
        }
        return new PolicyMiniBatch(sequences, olds, advantagesOfRows, List.of());
    }
}
