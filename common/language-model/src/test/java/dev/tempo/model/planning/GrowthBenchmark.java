package dev.tempo.model.planning;

import dev.tempo.contract.recipe.Optimizer;
import dev.tempo.model.Head;
import dev.tempo.model.ModelConfig;
import dev.tempo.model.Sequence;
import dev.tempo.model.inference.Critic;
import dev.tempo.model.inference.GenerationLimits;
import dev.tempo.model.inference.GenerationTask;
import dev.tempo.model.inference.Policy;
import dev.tempo.model.inference.SamplingSettings;
import dev.tempo.model.scripts.BenchmarkSetup;
import dev.tempo.model.training.PolicyMiniBatch;
import dev.tempo.model.training.PolicyTrainer;
import dev.tempo.model.training.TrainingBenchmark;
import dev.tempo.model.training.TrainingMethod;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A benchmark of how the cost of a round grows with the model, with responses, with samples and with questions, beside
 * {@link ModelCost}'s arithmetic. Counts the processor time of threads, so that other programs do not count. Not a
 * test: surefire runs it by name only (docs/benchmarks.md).
 */
class GrowthBenchmark {
    private static final int PROMPT = 16;
    private static final int POSITIONS = 16_384 + PROMPT;
    private static final TrainingMethod IN_PARTS = new TrainingMethod(null, POSITIONS, false);
    private static final String[] PARTS = {"generation", "values", "old log-probabilities", "policy epoch"};
    private static final ModelConfig SMALL = shape(64, 4, 4, 2, 16, 176, 22);

    @TempDir
    Path directory;

    private static ModelConfig shape(
            int hidden, int layers, int heads, int keyValueHeads, int headDimension, int inner, int vocabulary) {
        return new ModelConfig(
                "qwen3",
                hidden,
                layers,
                heads,
                keyValueHeads,
                headDimension,
                inner,
                1e-6,
                1e4,
                true,
                vocabulary,
                POSITIONS,
                OptionalInt.of(0),
                List.of(10));
    }

    /** A point that is measured. */
    private record Point(String name, ModelConfig config, int questions, int samples, int response, int turns) {
        double[] operations() {
            ModelCost cost = new ModelCost(config);
            double rows = (double) questions * samples;
            return new double[] {
                questions * cost.prompt(PROMPT) + rows * cost.decoding(PROMPT, response),
                rows * cost.measuring(Head.VALUE, PROMPT, response),
                rows * cost.measuring(Head.VOCABULARY, PROMPT, response),
                rows * cost.training(Head.VOCABULARY, IN_PARTS, PROMPT, response)
            };
        }
    }

    @BeforeEach
    void warmUp() {
        measure(new Point("", SMALL, 4, 4, 64, 5));
    }

    @Test
    void withTheModel() {
        table(
                "weights",
                new Point("", SMALL, 2, 4, 64, 5),
                new Point("", shape(256, 6, 8, 4, 32, 768, 1024), 2, 4, 64, 3),
                new Point("", shape(512, 8, 8, 4, 64, 1536, 8192), 2, 4, 64, 3));
    }

    @Test
    void withTheResponse() {
        table(
                "tokens of a response",
                new Point("1024", SMALL, 1, 2, 1024, 3),
                new Point("4096", SMALL, 1, 2, 4096, 2),
                new Point("16384", SMALL, 1, 2, 16_384, 1));
    }

    @Test
    void withTheGroup() {
        table(
                "samples of one question",
                new Point("4", SMALL, 1, 4, 128, 5),
                new Point("16", SMALL, 1, 16, 128, 5),
                new Point("64", SMALL, 1, 64, 128, 5));
    }

    @Test
    void withTheQuestions() {
        table(
                "questions of 4 samples",
                new Point("4", SMALL, 4, 4, 32, 5),
                new Point("16", SMALL, 16, 4, 32, 5),
                new Point("64", SMALL, 64, 4, 32, 5));
    }

    private void table(String what, Point... points) {
        double peak = MachineRates.peak();
        System.out.printf(Locale.ROOT, "%nmatrix products: %.0f GFLOP/s%n", peak / 1e9);
        System.out.println("| " + what + " | " + String.join(" | ", PARTS) + " |");
        System.out.println("|---|---|---|---|---|");
        double[] first = null;
        for (Point point : points) {
            double[] seconds = measure(point);
            first = first == null ? seconds : first;
            StringBuilder row = new StringBuilder("| ");
            row.append(
                    point.name().isEmpty()
                            ? String.format(Locale.ROOT, "%,d", point.config().parameters())
                            : point.name());
            for (int part = 0; part < PARTS.length; part++) {
                row.append(String.format(
                        Locale.ROOT,
                        " | %.4g ms, %.1f (%.1f), %.0f %%",
                        1e3 * seconds[part],
                        seconds[part] / first[part],
                        point.operations()[part] / points[0].operations()[part],
                        100 * point.operations()[part] / seconds[part] / peak));
            }
            System.out.println(row + " |");
        }
    }

    /** The seconds of each part, the fastest of its turns. */
    private double[] measure(Point point) {
        Path model = BenchmarkSetup.random(
                point.config(), directory.resolve("model-" + point.config().parameters()));
        GenerationLimits limits = new GenerationLimits(1L << 30, 256);
        double[] fastest = new double[PARTS.length];
        Arrays.fill(fastest, Double.MAX_VALUE);
        try (Policy policy = Policy.load(model, point.config(), limits);
                Critic critic = Critic.load(model);
                PolicyTrainer trainer = PolicyTrainer.start(model, Optimizer.of(1e-4), IN_PARTS, 1)) {
            List<Sequence> sequences = sequences(point);
            List<float[]> numbers = Collections.nCopies(sequences.size(), new float[point.response()]);
            for (int turn = 0; turn < point.turns(); turn++) {
                take(fastest, 0, () -> policy.generate(tasks(point)));
                take(fastest, 1, () -> critic.values(sequences));
                take(fastest, 2, () -> policy.logProbs(sequences));
                take(
                        fastest,
                        3,
                        () -> trainer.step(
                                new PolicyMiniBatch(sequences, numbers, numbers, List.of()), TrainingBenchmark.LOSS));
            }
        }
        return fastest;
    }

    private static void take(double[] fastest, int part, Runnable work) {
        double begun = now();
        work.run();
        fastest[part] = Math.min(fastest[part], now() - begun);
    }

    /** The processor time of all threads in seconds: responses are generated in another one than this. */
    private static double now() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return Arrays.stream(threads.getAllThreadIds())
                        .map(threads::getThreadCpuTime)
                        .filter(nanos -> nanos > 0)
                        .sum()
                / 1e9;
    }

    private static int[] prompt(int question) {
        int[] prompt = new int[PROMPT];
        Arrays.setAll(prompt, t -> 11 + (t * 7 + question) % 11);
        return prompt;
    }

    /** Tasks whose every token an environment writes, so that none ends before the others. */
    private static List<GenerationTask> tasks(Point point) {
        SamplingSettings sampling = new SamplingSettings(1, point.response());
        List<GenerationTask> tasks = new ArrayList<>();
        for (int question = 0; question < point.questions(); question++) {
            for (int sample = 0; sample < point.samples(); sample++) {
                tasks.add(
                        new GenerationTask(prompt(question), tasks.size(), sampling, (asked, response, length) -> 11));
            }
        }
        return tasks;
    }

    private static List<Sequence> sequences(Point point) {
        List<Sequence> sequences = new ArrayList<>();
        for (int question = 0; question < point.questions(); question++) {
            for (int sample = 0; sample < point.samples(); sample++) {
                int[] response = new int[point.response()];
                int row = sample;
                Arrays.setAll(response, t -> 11 + (t + row) % 11);
                sequences.add(Sequence.of(prompt(question), response));
            }
        }
        return sequences;
    }
}
