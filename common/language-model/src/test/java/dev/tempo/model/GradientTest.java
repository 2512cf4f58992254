package dev.tempo.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tempo.algorithm.rounds.CounterRandom;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Gradients against differences of the oracle's loss, in every tensor; with beta1 = 0 AdamW's first moment is the gradient. */
class GradientTest {
    private static final OptimizerSettings BARE = new OptimizerSettings(1e-3, 0, .95, 0, 1e9);
    private static final double DIFFERENCE = 1e-5;
    private static final int ENTRIES = 3;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theGradientOfCrossEntropyIsTheDifferenceOfTheEquations(boolean tied) {
        Path model = TinyModel.write(directory.resolve("model"), TinyModel.config(tied), Head.VOCABULARY, 8);
        List<Sequence> sequences = TinyModel.sequences(5, 9);
        PolicyLossSettings settings = new PolicyLossSettings(PolicyLossKind.GSPO, 0, 0, LossAggregation.TOKEN_MEAN, 1);
        Path state = directory.resolve("state");
        StepStats stats;
        try (PolicyTrainer trainer = PolicyTrainer.start(model, BARE)) {
            stats = trainer.step(new PolicyMiniBatch(List.of(), List.of(), List.of(), sequences), settings);
            trainer.saveState(state, Map.of());
        }
        ToDoubleFunction<ScalarQwen3> loss = oracle -> {
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
        ScalarQwen3 oracle = new ScalarQwen3(model, Head.VOCABULARY);
        assertThat(stats.loss()).isCloseTo(loss.applyAsDouble(oracle), within(1e-5));
        assertGradient(oracle, state, loss, stats.gradientNorm(), Head.VOCABULARY);
    }

    @Test
    void theGradientOfTheCriticsErrorIsTheDifferenceOfTheEquations() {
        Path model = TinyModel.critic(directory.resolve("model"), 8);
        List<Sequence> sequences = TinyModel.sequences(4, 9);
        List<Float> outcomes = List.of(1f, 0f, 1f, 1f);
        Path state = directory.resolve("state");
        StepStats stats;
        try (CriticTrainer trainer = CriticTrainer.start(model, BARE)) {
            stats = trainer.step(new CriticMiniBatch(sequences, outcomes), CriticLossSettings.squaredError());
            trainer.saveState(state, Map.of());
        }
        ToDoubleFunction<ScalarQwen3> loss = oracle -> {
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
        ScalarQwen3 oracle = new ScalarQwen3(model, Head.VALUE);
        assertThat(stats.loss()).isCloseTo(loss.applyAsDouble(oracle), within(1e-5));
        assertGradient(oracle, state, loss, stats.gradientNorm(), Head.VALUE);
    }

    private static void assertGradient(
            ScalarQwen3 oracle, Path state, ToDoubleFunction<ScalarQwen3> loss, double norm, Head head) {
        double squares = 0;
        try (TensorFile file = TensorFile.open(state)) {
            for (Parameter parameter : Qwen3Layout.of(oracle.config(), head)) {
                for (Parameter.Part part : parameter.parts()) {
                    ByteBuffer gradient = DurableFile.littleEndian((int) (4 * part.size()));
                    file.read("first_moment." + part.name(), part.shape(), gradient);
                    gradient.flip();
                    for (int i = 0; i < part.size(); i++) {
                        squares += gradient.getFloat(4 * i) * (double) gradient.getFloat(4 * i);
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
                        assertThat((double) gradient.getFloat(4 * entry))
                                .as("%s[%d]", part.name(), entry)
                                .isCloseTo(expected, within(2e-5 + 1e-3 * Math.abs(expected)));
                    }
                }
            }
        }
        assertThat(norm).isCloseTo(Math.sqrt(squares), within(1e-4 * norm));
    }
}
