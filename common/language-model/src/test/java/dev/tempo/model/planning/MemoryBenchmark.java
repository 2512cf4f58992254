package dev.tempo.model.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.recipe.Optimizer;
import dev.tempo.model.Sequence;
import dev.tempo.model.inference.GenerationTask;
import dev.tempo.model.inference.Policy;
import dev.tempo.model.inference.SamplingSettings;
import dev.tempo.model.scripts.BenchmarkSetup;
import dev.tempo.model.scripts.MeasuredProcess;
import dev.tempo.model.training.CriticLossSettings;
import dev.tempo.model.training.CriticMiniBatch;
import dev.tempo.model.training.CriticTrainer;
import dev.tempo.model.training.PolicyMiniBatch;
import dev.tempo.model.training.PolicyTrainer;
import dev.tempo.model.training.TrainingBenchmark;
import dev.tempo.model.training.TrainingMethod;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A benchmark of resident memory over 2,000 steps of training and of generation, in a process of its own. Not a test:
 * surefire runs it by name only (docs/benchmarks.md).
 */
class MemoryBenchmark {
    private static final int STEPS = Integer.getInteger("tempo.benchmark.steps", 2000);
    /** The number of steps after which lengths repeat. */
    private static final int LENGTHS = 20;

    @TempDir
    Path directory;

    /** A program that works and prints resident kibibytes: {@code main(work, model, steps)}. */
    static final class WorkProgram {
        private WorkProgram() {}

        public static void main(String[] arguments) throws IOException {
            Path model = Path.of(arguments[1]);
            int steps = Integer.parseInt(arguments[2]);
            switch (arguments[0]) {
                case "policy" -> train(model, TrainingMethod.plain(), steps);
                case "parts" -> train(model, new TrainingMethod(null, 512, false), steps);
                case "critic" -> value(model, steps);
                default -> generate(model, steps);
            }
        }

        private static void train(Path model, TrainingMethod method, int steps) throws IOException {
            try (PolicyTrainer trainer = PolicyTrainer.start(model, Optimizer.of(1e-4), method, 1)) {
                for (int step = 0; step < steps; step++) {
                    List<Sequence> sequences = sequences(step);
                    List<float[]> old = trainer.logProbs(sequences);
                    trainer.step(new PolicyMiniBatch(sequences, old, old, List.of()), TrainingBenchmark.LOSS);
                    report(step);
                }
            }
        }

        private static void value(Path model, int steps) throws IOException {
            try (CriticTrainer trainer = CriticTrainer.start(model, Optimizer.of(1e-4))) {
                for (int step = 0; step < steps; step++) {
                    List<Sequence> sequences = sequences(step);
                    trainer.values(sequences);
                    List<Float> outcomes =
                            sequences.stream().map(sequence -> 1f).toList();
                    trainer.step(new CriticMiniBatch(sequences, outcomes), CriticLossSettings.squaredError());
                    report(step);
                }
            }
        }

        private static void generate(Path model, int steps) throws IOException {
            try (Policy policy = Policy.load(model)) {
                for (int step = 0; step < steps; step++) {
                    List<GenerationTask> tasks = new ArrayList<>();
                    for (Sequence sequence : sequences(step)) {
                        SamplingSettings sampling = new SamplingSettings(1, 4 + step % LENGTHS);
                        tasks.add(new GenerationTask(sequence.promptIds(), step, sampling, null));
                    }
                    policy.generate(tasks);
                    report(step);
                }
            }
        }

        /** Sequences whose lengths change from step to step, as in training. */
        private static List<Sequence> sequences(int step) {
            List<Sequence> sequences = new ArrayList<>();
            for (int row = 0; row < 4; row++) {
                int[] ids = new int[24 + 7 * (step % LENGTHS) + row];
                Arrays.setAll(ids, t -> 11 + t % 11);
                sequences.add(Sequence.of(Arrays.copyOf(ids, 8), Arrays.copyOfRange(ids, 8, ids.length)));
            }
            return sequences;
        }

        private static void report(int step) throws IOException {
            if (step % LENGTHS == LENGTHS - 1) {
                System.out.println("resident " + (step + 1) + " " + MeasuredProcess.kibibytes("VmRSS:"));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"policy", "parts", "critic", "generation"})
    void residentMemoryStaysFlat(String work) throws IOException, InterruptedException {
        Path model = BenchmarkSetup.random(BenchmarkSetup.shapes().get(0), directory.resolve("model"));
        String said = MeasuredProcess.output(
                directory, Map.of(), WorkProgram.class, work, model.toString(), Integer.toString(STEPS));
        List<long[]> resident = said.lines()
                .filter(line -> line.startsWith("resident "))
                .map(line -> Arrays.stream(line.split(" "))
                        .skip(1)
                        .mapToLong(Long::parseLong)
                        .toArray())
                .toList();
        long warm = resident.get(resident.size() / 10)[1];
        long most = resident.stream()
                .skip(resident.size() / 10)
                .mapToLong(at -> at[1])
                .max()
                .orElseThrow();
        long last = resident.get(resident.size() - 1)[1];
        System.out.printf(
                Locale.ROOT,
                "%s: %.1f MB after %d steps, at most %.1f MB after that, %.1f MB after %d (%+.1f %%)%n",
                work,
                warm / 1024.,
                resident.get(resident.size() / 10)[0],
                most / 1024.,
                last / 1024.,
                STEPS,
                100. * (last - warm) / warm);
        assertThat(most).as("kibibytes, after warming up %d", warm).isLessThanOrEqualTo(warm + warm / 20);
    }
}
