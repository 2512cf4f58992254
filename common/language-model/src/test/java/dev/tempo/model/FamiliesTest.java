package dev.tempo.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tempo.algorithm.rounds.CounterRandom;
import dev.tempo.contract.recipe.Optimizer;
import dev.tempo.model.config.ConfigFile;
import dev.tempo.model.config.ConfigWriter;
import dev.tempo.model.directory.ModelDirectory;
import dev.tempo.model.directory.WeightFiles;
import dev.tempo.model.export.ModelExport;
import dev.tempo.model.forward.Measurement;
import dev.tempo.model.forward.Transformer;
import dev.tempo.model.inference.GeneratedResponse;
import dev.tempo.model.inference.GenerationTask;
import dev.tempo.model.inference.Policy;
import dev.tempo.model.inference.SamplingSettings;
import dev.tempo.model.training.CriticLossSettings;
import dev.tempo.model.training.CriticMiniBatch;
import dev.tempo.model.training.CriticTrainer;
import dev.tempo.model.training.PolicyTrainer;
import dev.tempo.model.training.Pretrainer;
import dev.tempo.model.training.PretrainingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that hold for every family and every kind of attention. */
class FamiliesTest {
    @TempDir
    Path directory;

    private static List<GenerationTask> tasks() {
        List<GenerationTask> tasks = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            int[] prompt = TinyModel.ids(i / 2, 1 + i % 9);
            tasks.add(new GenerationTask(prompt, CounterRandom.key(3, i), new SamplingSettings(1, 4 + i), null));
        }
        return tasks;
    }

    @ParameterizedTest
    @MethodSource("dev.tempo.model.TinyModel#configs")
    void decodingFromTheCacheAgreesWithTheWholeSequenceAcrossTheWindowsEdge(ModelConfig config) {
        TinyModel.write(directory, config, Head.VOCABULARY, 5);
        List<GenerationTask> tasks = tasks();
        try (Policy policy = Policy.load(directory)) {
            List<GeneratedResponse> generations = policy.generate(tasks);
            assertThat(generations).anyMatch(generation -> generation.responseIds().length > 15);
            for (int i = 0; i < tasks.size(); i++) {
                GeneratedResponse generation = generations.get(i);
                float[] whole = policy.logProbs(
                                List.of(Sequence.of(tasks.get(i).promptIds(), generation.responseIds())))
                        .get(0);
                for (int t = 0; t < whole.length; t++) {
                    assertThat(generation.logProbs()[t]).isCloseTo(whole[t], within(2e-5f));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.tempo.model.TinyModel#configs")
    void aTrajectoryDoesNotDependOnItsCompany(ModelConfig config) {
        TinyModel.write(directory, config, Head.VOCABULARY, 5);
        List<GenerationTask> tasks = tasks();
        try (Policy policy = Policy.load(directory)) {
            List<GeneratedResponse> together = policy.generate(tasks);
            for (int i = 0; i < tasks.size(); i++) {
                assertThat(policy.generate(List.of(tasks.get(i)))).containsExactly(together.get(i));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.tempo.model.TinyModel#configs")
    void aConfigIsReadAsItWasWritten(ModelConfig config) throws IOException {
        Path file = Files.write(directory.resolve("config.json"), ConfigWriter.write(config));
        assertThat(ConfigFile.read(file)).isEqualTo(config);
    }

    @ParameterizedTest
    @MethodSource("dev.tempo.model.TinyModel#configs")
    void anExportInTheSourcesTypeGivesTheSameLogitsBitForBit(ModelConfig config) throws IOException {
        Path original = TinyModel.write(directory.resolve("original"), config, Head.VOCABULARY, 5);
        for (WeightType type : WeightType.values()) {
            Path source = directory.resolve(type + "-source");
            Path again = directory.resolve(type + "-again");
            Path trained = directory.resolve(type + "-trained");
            ModelExport.write(original, source, type);
            ModelExport.write(source, again, type);
            try (PolicyTrainer trainer = PolicyTrainer.start(source, Optimizer.of(1e-3))) {
                trainer.save(trained, type);
            }
            assertThat(new ModelDirectory(again).weightType()).isEqualTo(type);
            assertThat(Files.readString(again.resolve("config.json")))
                    .isEqualTo(Files.readString(original.resolve("config.json")).replace("float32", type.inConfig()));
            for (Path copy : List.of(again, trained)) {
                assertThat(copy.resolve("model.safetensors"))
                        .hasSameBinaryContentAs(source.resolve("model.safetensors"));
                assertThat(logits(copy)).isEqualTo(logits(source));
            }
            assertThat(Arrays.equals(logits(source), logits(original))).isEqualTo(type == WeightType.FLOAT32);
        }
    }

    private static float[] logits(Path model) {
        try (Transformer transformer = Transformer.load(model, Head.VOCABULARY)) {
            float[][] rows = new Measurement(transformer).logits(TinyModel.ids(4, 13));
            float[] flat = new float[rows.length * rows[0].length];
            for (int t = 0; t < rows.length; t++) {
                System.arraycopy(rows[t], 0, flat, t * rows[0].length, rows[0].length);
            }
            return flat;
        }
    }

    @ParameterizedTest
    @MethodSource("dev.tempo.model.TinyModel#configs")
    void trainingMovesEveryTensorOfPolicyAndCritic(ModelConfig config) {
        Path start = directory.resolve("start");
        Pretrainer.initialise(config, TinyModel.vocabulary(), 3, start);
        List<Sequence> sequences = TinyModel.sequences(12, 4);
        PretrainingSettings settings = new PretrainingSettings(30, 12, 1e-2, 0, .1, .9, .95, 0, 1);
        List<Double> losses = new ArrayList<>();
        Path policy = directory.resolve("policy");
        Pretrainer.train(start, sequences, settings, 1, policy, (step, stats) -> losses.add(stats.loss()));
        assertThat(losses.get(29)).isLessThan(.8 * losses.get(0));
        Path critic = directory.resolve("critic");
        try (CriticTrainer trainer = CriticTrainer.start(policy, Optimizer.of(1e-2))) {
            List<Float> outcomes = new ArrayList<>();
            sequences.forEach(sequence -> outcomes.add((float) (outcomes.size() % 2)));
            for (int step = 0; step < 3; step++) {
                trainer.step(new CriticMiniBatch(sequences, outcomes), CriticLossSettings.squaredError());
            }
            trainer.save(critic);
        }
        for (Parameter.Part part : ModelLayout.parts(config, Head.VOCABULARY)) {
            float[] before = numbers(start, part);
            float[] trained = numbers(policy, part);
            assertThat(trained).as(part.name()).isNotEqualTo(before);
            if (!part.name().equals("lm_head.weight")) {
                assertThat(numbers(critic, part)).as(part.name()).isNotEqualTo(trained);
            }
        }
    }

    private static float[] numbers(Path model, Parameter.Part part) {
        return WeightFiles.open(model).find(part).toFloatArray();
    }
}
