package dev.tempo.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tempo.algorithm.rounds.CounterRandom;
import dev.tempo.contract.recipe.Aggregation;
import dev.tempo.contract.recipe.Optimizer;
import dev.tempo.contract.recipe.PolicyLossKind;
import dev.tempo.model.Head;
import dev.tempo.model.ModelConfig;
import dev.tempo.model.ModelLayout;
import dev.tempo.model.Parameter;
import dev.tempo.model.ScalarTransformer;
import dev.tempo.model.Sequence;
import dev.tempo.model.TinyModel;
import dev.tempo.model.files.TensorFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests of gradients against differences of the oracle's loss, in every tensor. With beta1 = 0 AdamW's first moment is the
 * gradient.
 */
class GradientTest {
    private static final Optimizer BARE = new Optimizer(1e-3, 0, .95, 0, 1e9);
    private static final double DIFFERENCE = 1e-5;
    private static final int ENTRIES = 3;

    @TempDir
    Path directory;

    @ParameterizedTest
    @MethodSource("dev.tempo.model.TinyModel#configs")
    void theGradientOfCrossEntropyIsTheDifferenceOfTheEquations(ModelConfig config) {
        Path model = TinyModel.write(directory.resolve("model"), config, Head.VOCABULARY, 8);
        List<Sequence> sequences = TinyModel.sequences(5, 9);
        PolicyLossSettings settings =
                new PolicyLossSettings(PolicyLossKind.SEQUENCE_CLIP, 0, 0, Aggregation.TOKEN_MEAN, 1);
        Path state = directory.resolve("state");
        StepStats stats;
        try (PolicyTrainer trainer = PolicyTrainer.start(model, BARE)) {
            stats = trainer.step(new PolicyMiniBatch(List.of(), List.of(), List.of(), sequences), settings);
            trainer.saveState(state, Map.of());
        }
        ToDoubleFunction<ScalarTransformer> loss = oracle -> {
            double sum = 0;
            int tokens = 0;
            for (Sequence sequence : sequences) {
                double[] logProbs = oracle.logProbs(sequence);
                for (int t = 0; t < logProbs.length; t++) {
                    sum -= sequence.environmentMask()[t] ? 0 : logProbs[t];
                    tokens += sequence.environmentMask()[t] ? 0 : 1;
                }
            }
            return sum / tokens;
        };
        ScalarTransformer oracle = new ScalarTransformer(model, Head.VOCABULARY);
        assertThat(stats.loss()).isCloseTo(loss.applyAsDouble(oracle), within(1e-5));
        assertGradient(oracle, state, loss, stats.gradientNorm(), Head.VOCABULARY);
    }

    @ParameterizedTest
    @MethodSource("dev.tempo.model.TinyModel#configs")
    void theGradientOfTheCriticsErrorIsTheDifferenceOfTheEquations(ModelConfig config) {
        Path model = TinyModel.write(directory.resolve("model"), config, Head.VALUE, 8);
        List<Sequence> sequences = TinyModel.sequences(4, 9);
        List<Float> outcomes = List.of(1f, 0f, 1f, 1f);
        Path state = directory.resolve("state");
        StepStats stats;
        try (CriticTrainer trainer = CriticTrainer.start(model, BARE)) {
            stats = trainer.step(new CriticMiniBatch(sequences, outcomes), CriticLossSettings.squaredError());
            trainer.saveState(state, Map.of());
        }
        ToDoubleFunction<ScalarTransformer> loss = oracle -> {
            double sum = 0;
            int count = 0;
            for (int i = 0; i < sequences.size(); i++) {
                for (double value : oracle.values(sequences.get(i))) {
                    sum += (value - outcomes.get(i)) * (value - outcomes.get(i));
                    count++;
                }
            }
            return sum / count;
        };
        ScalarTransformer oracle = new ScalarTransformer(model, Head.VALUE);
        assertThat(stats.loss()).isCloseTo(loss.applyAsDouble(oracle), within(1e-5));
        assertGradient(oracle, state, loss, stats.gradientNorm(), Head.VALUE);
    }

    private static void assertGradient(
            ScalarTransformer oracle, Path state, ToDoubleFunction<ScalarTransformer> loss, double norm, Head head) {
        double squares = 0;
        TensorFile file = TensorFile.open(state);
        for (Parameter.Part part : ModelLayout.parts(oracle.config(), head)) {
            float[] gradient =
                    file.find("first_moment." + part.name(), part.shape()).toFloatArray();
            for (float number : gradient) {
                squares += number * (double) number;
            }
            double[] weight = oracle.weight(part.name());
            for (int n = 0; n < ENTRIES; n++) {
                int entry = CounterRandom.below(CounterRandom.key(1, part.name()), n, weight.length);
                double before = weight[entry];
                weight[entry] = before + DIFFERENCE;
                double above = loss.applyAsDouble(oracle);
                weight[entry] = before - DIFFERENCE;
                double below = loss.applyAsDouble(oracle);
                weight[entry] = before;
                double expected = (above - below) / (2 * DIFFERENCE);
                assertThat((double) gradient[entry])
                        .as("%s[%d]", part.name(), entry)
                        .isCloseTo(expected, within(2e-5 + 1e-3 * Math.abs(expected)));
            }
        }
        assertThat(norm).isCloseTo(Math.sqrt(squares), within(1e-4 * norm));
    }
}
