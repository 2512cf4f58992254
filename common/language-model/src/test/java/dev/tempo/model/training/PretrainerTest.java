package dev.tempo.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tempo.model.ModelConfig;
import dev.tempo.model.Parameter;
import dev.tempo.model.Sequence;
import dev.tempo.model.TinyModel;
import dev.tempo.model.directory.ModelDirectory;
import dev.tempo.model.directory.WeightFiles;
import dev.tempo.model.inference.GeneratedResponse;
import dev.tempo.model.inference.GenerationTask;
import dev.tempo.model.inference.Policy;
import dev.tempo.model.inference.SamplingSettings;
import dev.tempo.model.tokens.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PretrainerTest {
    private static final PretrainingSettings SHORT = new PretrainingSettings(60, 16, 3e-3, 5, .02, .9, .95, .01, 1);

    @TempDir
    Path directory;

    /** Traces whose response repeats the prompt's first token and ends. */
    private static List<Sequence> traces() {
        List<Sequence> traces = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            int[] prompt = TinyModel.ids(i, 3);
            traces.add(Sequence.of(prompt, new int[] {prompt[0], TinyModel.END}));
        }
        return traces;
    }

    @Test
    void aModelLearnsItsTracesAndKeepsWhatItIs() {
        Path start = directory.resolve("start");
        Path trained = directory.resolve("trained");
        Pretrainer.initialise(TinyModel.config(true), TinyModel.vocabulary(), 1, start);
        List<Double> losses = new ArrayList<>();
        PretrainingSettings settings = new PretrainingSettings(300, 16, 1e-2, 5, .02, .9, .95, .01, 1);
        Pretrainer.train(start, traces(), settings, 1, trained, (step, stats) -> {
            assertThat(step).isEqualTo(losses.size());
            losses.add(stats.loss());
        });
        assertThat(losses).hasSize(300);
        assertThat(losses.get(0)).isCloseTo(Math.log(17), within(.5));
        assertThat(losses.get(299)).isLessThan(.1);
        try (Tokenizer tokenizer = new ModelDirectory(trained).tokenizer();
                Policy policy = Policy.load(trained)) {
            GeneratedResponse answer = policy.generate(
                            List.of(new GenerationTask(tokenizer.encode("gac"), 3, new SamplingSettings(.3, 5), null)))
                    .get(0);
            assertThat(tokenizer.decode(answer.responseIds())).isEqualTo("g$");
        }
    }

    @Test
    void theSameSeedMakesTheSameModelAndAnotherAnother() throws IOException {
        List<byte[]> weights = new ArrayList<>();
        for (int seed : new int[] {1, 1, 2}) {
            Path start = directory.resolve("start" + weights.size());
            Path trained = directory.resolve("trained" + weights.size());
            Pretrainer.initialise(TinyModel.config(true), TinyModel.vocabulary(), seed, start);
            Pretrainer.train(start, traces(), SHORT, seed, trained, (step, stats) -> {});
            weights.add(Files.readAllBytes(trained.resolve("model.safetensors")));
        }
        assertThat(weights.get(1)).isEqualTo(weights.get(0));
        assertThat(weights.get(2)).isNotEqualTo(weights.get(0));
    }

    @Test
    void whatWasInterruptedGoesOnWhereItWasToTheSameBits() throws IOException {
        PretrainingSettings settings = new PretrainingSettings(110, 4, 3e-3, 5, .02, .9, .95, .01, 1);
        Path start = directory.resolve("start");
        Pretrainer.initialise(TinyModel.config(true), TinyModel.vocabulary(), 1, start);
        assertThatThrownBy(() ->
                        Pretrainer.train(start, traces(), settings, 1, directory.resolve("one"), (step, stats) -> {
                            if (step == 105) {
                                throw new IllegalStateException("killed");
                            }
                        }))
                .hasMessage("killed");
        List<Integer> steps = new ArrayList<>();
        Pretrainer.train(start, traces(), settings, 1, directory.resolve("one"), (step, stats) -> steps.add(step));
        Path undisturbed = directory.resolve("undisturbed");
        Pretrainer.initialise(TinyModel.config(true), TinyModel.vocabulary(), 1, undisturbed);
        Pretrainer.train(undisturbed, traces(), settings, 1, directory.resolve("other"), (step, stats) -> {});

        assertThat(steps).hasSize(10).startsWith(100);
        assertThat(directory.resolve("one/model.safetensors"))
                .hasSameBinaryContentAs(directory.resolve("other/model.safetensors"));
    }

    /** A kept state of other traces is no beginning. */
    @Test
    void otherTracesBeginAnew() {
        PretrainingSettings settings = new PretrainingSettings(100, 4, 3e-3, 5, .02, .9, .95, .01, 1);
        Path start = directory.resolve("start");
        Pretrainer.initialise(TinyModel.config(true), TinyModel.vocabulary(), 1, start);
        Pretrainer.train(start, traces(), settings, 1, directory.resolve("one"), (step, stats) -> {});
        List<Integer> steps = new ArrayList<>();

        Pretrainer.train(
                start,
                traces().subList(1, 200),
                settings,
                1,
                directory.resolve("two"),
                (step, stats) -> steps.add(step));

        assertThat(steps).hasSize(100).startsWith(0);
    }

    @Test
    void weightsStartWithTheSpreadsOfTheirKind() {
        ModelConfig config = new ModelConfig(
                "qwen3",
                64,
                4,
                4,
                2,
                16,
                176,
                1e-6,
                1e4,
                false,
                17,
                64,
                TinyModel.config(true).padTokenId(),
                List.of(1));
        Pretrainer.initialise(config, TinyModel.vocabulary(), 5, directory);
        assertThat(deviation("model.embed_tokens.weight", 17, 64)).isCloseTo(.1, within(.01));
        assertThat(deviation("model.layers.1.mlp.up_proj.weight", 176, 64)).isCloseTo(1 / 8.0, within(.005));
        assertThat(deviation("model.layers.3.mlp.down_proj.weight", 64, 176))
                .isCloseTo(1 / Math.sqrt(176 * 8), within(.001));
        assertThat(deviation("model.layers.0.self_attn.o_proj.weight", 64, 64))
                .isCloseTo(1 / Math.sqrt(64 * 8), within(.002));
        assertThat(deviation("model.norm.weight", 64)).isZero();
    }

    private double deviation(String name, long... shape) {
        Parameter.Part part = Parameter.Part.of(name, shape);
        float[] numbers = WeightFiles.open(directory).find(part).toFloatArray();
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < part.size(); i++) {
            sum += numbers[i];
            squares += numbers[i] * (double) numbers[i];
        }
        double mean = sum / part.size();
        return Math.sqrt(squares / part.size() - mean * mean);
    }

    @Test
    void theLearningRateRisesAndFallsAlongACosine() {
        PretrainingSettings settings = PretrainingSettings.quickstart();
        assertThat(settings.learningRate(0)).isCloseTo(3e-5, within(1e-9));
        assertThat(settings.learningRate(650)).isCloseTo(3e-3 * .51, within(1e-9));
        assertThat(settings.learningRate(1299)).isCloseTo(3e-3 * .02, within(1e-7));
    }

    @Test
    void aVocabularyOfAnotherSizeIsRefused() {
        assertThatThrownBy(() -> Pretrainer.initialise(TinyModel.config(true), List.of("a"), 1, directory))
                .hasMessageContaining("1 characters")
                .hasMessageContaining("17");
    }
}
