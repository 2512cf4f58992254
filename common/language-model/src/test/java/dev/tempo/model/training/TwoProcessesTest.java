package dev.tempo.model.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.recipe.Aggregation;
import dev.tempo.contract.recipe.PolicyLossKind;
import dev.tempo.model.Sequence;
import dev.tempo.model.TinyModel;
import dev.tempo.model.inference.GeneratedResponse;
import dev.tempo.model.inference.GenerationTask;
import dev.tempo.model.inference.Policy;
import dev.tempo.model.inference.SamplingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TwoProcessesTest {
    /** The exit status of a JVM after SIGTERM: 128 + 15. */
    private static final int TERMINATED = 143;

    @TempDir
    Path directory;

    /** A program that generates, trains on what it generated and saves: {@code main(model, output)}. */
    static final class Round {
        private Round() {}

        public static void main(String[] arguments) {
            Path model = Path.of(arguments[0]);
            List<GenerationTask> tasks = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                tasks.add(new GenerationTask(TinyModel.ids(i / 4, 2 + i / 4), i, new SamplingSettings(1, 10), null));
            }
            List<Sequence> sequences = new ArrayList<>();
            List<Float> outcomes = new ArrayList<>();
            List<float[]> advantages = new ArrayList<>();
            try (Policy policy = Policy.load(model);
                    PolicyTrainer trainer = PolicyTrainer.start(model, TrainerTest.OPTIMIZER);
                    CriticTrainer critic = CriticTrainer.start(model, TrainerTest.OPTIMIZER)) {
                List<GeneratedResponse> generations = policy.generate(tasks);
                for (int i = 0; i < generations.size(); i++) {
                    sequences.add(Sequence.of(
                            tasks.get(i).promptIds(), generations.get(i).responseIds()));
                    outcomes.add((float) (i % 2));
                }
                for (int step = 0; step < 5; step++) {
                    critic.step(new CriticMiniBatch(sequences, outcomes), CriticLossSettings.squaredError());
                }
                critic.values(sequences).forEach(values -> advantages.add(Arrays.copyOf(values, values.length - 1)));
                PolicyMiniBatch batch =
                        new PolicyMiniBatch(sequences, trainer.logProbs(sequences), advantages, List.of());
                for (int step = 0; step < 5; step++) {
                    trainer.step(
                            batch,
                            new PolicyLossSettings(PolicyLossKind.TOKEN_CLIP, .2, .2, Aggregation.TOKEN_MEAN, 0));
                }
                trainer.save(Path.of(arguments[1]));
            }
        }
    }

    /** A program that measures on two threads until it is stopped: {@code main(model, file to make once it computes)}. */
    static final class Endless {
        private Endless() {}

        public static void main(String[] arguments) throws IOException {
            List<Sequence> sequences = TinyModel.sequences(64, 1);
            for (int thread = 0; thread < 2; thread++) {
                Policy policy = Policy.load(Path.of(arguments[0]));
                policy.logProbs(sequences);
                new Thread(() -> {
                            while (true) {
                                policy.logProbs(sequences);
                            }
                        })
                        .start();
            }
            Files.createFile(Path.of(arguments[1]));
        }
    }

    @Test
    void twoProcessesReachTheSameWeights() throws IOException, InterruptedException {
        Path model = TinyModel.policy(directory.resolve("model"), 2);
        Round.main(new String[] {model.toString(), directory.resolve("here").toString()});
        Process process = start(Round.class, model, directory.resolve("there"));
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue())
                .as(() -> read(directory.resolve("output")))
                .isZero();
        assertThat(directory.resolve("there").resolve("model.safetensors"))
                .hasSameBinaryContentAs(directory.resolve("here").resolve("model.safetensors"));
    }

    @Test
    void aProcessThatIsToldToStopWhileItComputesEndsWithoutACrash() throws IOException, InterruptedException {
        Path model = TinyModel.policy(directory.resolve("model"), 2);
        Path started = directory.resolve("started");
        Process process = start(Endless.class, model, started);
        Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> Files.exists(started) || !process.isAlive());
        process.destroy();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue())
                .as(() -> read(directory.resolve("output")))
                .isEqualTo(TERMINATED);
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).noneMatch(file -> file.getFileName().toString().startsWith("hs_err"));
        }
    }

    private Process start(Class<?> main, Path model, Path output) throws IOException {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:-CreateCoredumpOnCrash",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        main.getName(),
                        model.toString(),
                        output.toString())
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output").toFile())
                .start();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
