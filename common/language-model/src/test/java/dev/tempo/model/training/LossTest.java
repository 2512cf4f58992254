package dev.tempo.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import dev.tempo.algorithm.CriticLoss;
import dev.tempo.algorithm.PolicyClip;
import dev.tempo.algorithm.PolicyLoss;
import dev.tempo.algorithm.SequenceClip;
import dev.tempo.algorithm.TokenClip;
import dev.tempo.algorithm.rounds.CounterRandom;
import dev.tempo.contract.recipe.Aggregation;
import dev.tempo.contract.recipe.PolicyLossKind;
import dev.tempo.contract.recipe.ValueLossKind;
import dev.tempo.model.Sequence;
import dev.tempo.model.TinyModel;
import dev.tempo.model.scripts.ProductRows;
import dev.tempo.model.scripts.Script;
import dev.tempo.model.scripts.Torch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests of the tensor losses against the scalar ones of module algorithm: values and derivatives. */
class LossTest {
    private static final long SEED = 21;

    /** Rows of different lengths, one of them written by the environment alone. */
    private final List<Sequence> sequences = new ArrayList<>(TinyModel.sequences(7, SEED));

    LossTest() {
        sequences.add(new Sequence(new int[] {2}, new int[] {3, 4}, new boolean[] {true, true}));
    }

    @ParameterizedTest
    @CsvSource({
        "SEQUENCE_CLIP, .03, .05, TOKEN_MEAN, .02",
        "SEQUENCE_CLIP, .03, .05, SEQ_MEAN_TOKEN_MEAN, .2",
        "SEQUENCE_CLIP, .2, .28, TOKEN_MEAN, 14",
        "TOKEN_CLIP, .2, .28, TOKEN_MEAN, .3",
        "TOKEN_CLIP, .2, .2, SEQ_MEAN_TOKEN_MEAN, .3",
        "TOKEN_CLIP, .2, .2, SEQ_MEAN_TOKEN_SUM, 30"
    })
    void thePolicyLossIsTheScalarOne(
            PolicyLossKind kind, double low, double high, Aggregation aggregation, double distance) {
        List<float[]> old = numbers("old", -1.5, .5);
        List<float[]> advantages = numbers("advantage", 0, 1);
        List<float[]> changes = numbers("change", 0, distance);
        PolicyClip clip = kind == PolicyLossKind.SEQUENCE_CLIP
                ? new SequenceClip(low, high, aggregation)
                : new TokenClip(low, high, aggregation);
        boolean[][] mask = new boolean[sequences.size()][];
        double[][] updated = doubles(old);
        for (int i = 0; i < mask.length; i++) {
            mask[i] = new boolean[sequences.get(i).responseIds().length];
            for (int t = 0; t < mask[i].length; t++) {
                mask[i][t] = !sequences.get(i).environmentMask()[t];
                updated[i][t] = (float) (old.get(i)[t] + changes.get(i)[t]);
            }
        }
        PolicyLoss expected = clip.loss(doubles(old), updated, doubles(advantages), mask);

        PolicyLossSettings settings = new PolicyLossSettings(kind, low, high, aggregation, 0);
        PolicyMiniBatch batch = new PolicyMiniBatch(sequences, old, advantages, List.of());
        PolicyTokens tokens = PolicyTokens.of(batch, PolicyTokens.Totals.of(batch, settings), settings, 30);
        ScriptResult measured = run(
                "policy_loss",
                counted(updated, mask),
                tokens.owners(),
                tokens.numbers(),
                kind == PolicyLossKind.SEQUENCE_CLIP ? 1 : 0,
                low,
                high,
                sequences.size());
        assertRelative(measured.results[0], expected.loss());
        assertThat((double) measured.results[1]).isCloseTo(expected.clipFraction(), within(1e-6));
        assertRelative(measured.results[2], expected.approxKl());
        double[] gradient = counted(expected.gradient(), mask);
        for (int i = 0; i < gradient.length; i++) {
            assertRelative(measured.gradient[i], gradient[i]);
        }
    }

    @ParameterizedTest
    @CsvSource({"TOKEN_MEAN, .05", "SEQ_MEAN_TOKEN_MEAN, .05", "TOKEN_MEAN, 5"})
    void theClippedCriticLossIsTheScalarOne(Aggregation aggregation, double clip) {
        double[][] old = values("old");
        double[][] updated = values("new");
        double[][] returns = returns(old);
        boolean[][] mask = everywhere(old);
        boolean[] labeled = new boolean[old.length];
        Arrays.fill(labeled, true);
        CriticLoss expected = CriticLoss.meanShiftClipped(updated, old, returns, mask, labeled, clip, aggregation);
        assertCritic(expected, CriticLossSettings.clipped(clip, aggregation), updated, old, mask);
    }

    @ParameterizedTest
    @CsvSource({"TOKEN_MEAN", "SEQ_MEAN_TOKEN_MEAN"})
    void thePlainCriticLossIsTheScalarOne(Aggregation aggregation) {
        double[][] updated = values("new");
        boolean[][] mask = everywhere(updated);
        double[] outcomes = new double[updated.length];
        Arrays.setAll(outcomes, i -> i % 2);
        CriticLoss expected = CriticLoss.squaredError(updated, outcomes, mask, aggregation);
        assertCritic(
                expected, new CriticLossSettings(ValueLossKind.SQUARED_ERROR, 0, aggregation), updated, updated, mask);
    }

    private void assertCritic(
            CriticLoss expected, CriticLossSettings settings, double[][] updated, double[][] old, boolean[][] mask) {
        List<Float> outcomes = new ArrayList<>();
        List<float[]> oldValues = new ArrayList<>();
        for (int i = 0; i < old.length; i++) {
            outcomes.add((float) (i % 2));
            oldValues.add(floats(old[i]));
        }
        CriticMiniBatch batch = new CriticMiniBatch(sequences, outcomes, oldValues);
        CriticTokens tokens = CriticTokens.of(batch, batch, settings, 30);
        ScriptResult measured = run(
                "critic_loss",
                counted(updated, mask),
                tokens.owners(),
                tokens.numbers(),
                settings.kind() == ValueLossKind.CLIPPED ? 1 : 0,
                settings.clip(),
                0,
                sequences.size());
        assertRelative(measured.results[0], expected.loss());
        assertThat((double) measured.results[1]).isCloseTo(expected.clipFraction(), within(1e-6));
        double[] gradient = counted(expected.gradient(), mask);
        for (int i = 0; i < gradient.length; i++) {
            assertRelative(measured.gradient[i], gradient[i]);
        }
    }

    /** The results of a script and the derivative of the first one with respect to its first argument. */
    private static final class ScriptResult {
        private final float[] results;
        private final float[] gradient;

        ScriptResult(float[] results, float[] gradient) {
            this.results = results;
            this.gradient = gradient;
        }
    }

    private static ScriptResult run(
            String method, double[] input, long[] owners, float[][] numbers, double... lossSettings) {
        Torch.enter();
        try (PtNDManager manager = Torch.newManager()) {
            NDArray x = manager.create(floats(input));
            x.setRequiresGradient(true);
            double[] settings = new double[5 + lossSettings.length];
            System.arraycopy(lossSettings, 0, settings, 5, lossSettings.length);
            NDArray result = Script.of(TinyModel.config(true), ProductRows.ANY)
                    .train(
                            method,
                            new NDList(
                                    x,
                                    manager.create(owners),
                                    OptimizedTransformer.numbers(manager, numbers, owners.length),
                                    manager.create(settings)));
            float[] first = new float[(int) result.size()];
            first[0] = 1;
            JniUtils.backward((PtNDArray) result, (PtNDArray) manager.create(first), false, false);
            return new ScriptResult(result.toFloatArray(), x.getGradient().toFloatArray());
        }
    }

    private static void assertRelative(double actual, double expected) {
        assertThat(actual).isCloseTo(expected, within(2e-5 * Math.max(.01, Math.abs(expected))));
    }

    private List<float[]> numbers(String name, double mean, double deviation) {
        List<float[]> rows = new ArrayList<>();
        for (int i = 0; i < sequences.size(); i++) {
            float[] row = new float[sequences.get(i).responseIds().length];
            for (int t = 0; t < row.length; t++) {
                row[t] = (float) (mean + deviation * CounterRandom.gaussian(CounterRandom.key(SEED, name, i), t));
            }
            rows.add(row);
        }
        return rows;
    }

    private double[][] values(String name) {
        double[][] rows = new double[sequences.size()][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = new double[sequences.get(i).responseIds().length + 1];
            double shift = CounterRandom.gaussian(CounterRandom.key(SEED, name), i) * .2;
            for (int t = 0; t < rows[i].length; t++) {
                rows[i][t] = (float) (.5 + shift + .3 * CounterRandom.gaussian(CounterRandom.key(SEED, name, i), t));
            }
        }
        return rows;
    }

    private static double[][] returns(double[][] values) {
        double[][] returns = new double[values.length][];
        for (int i = 0; i < values.length; i++) {
            returns[i] = new double[values[i].length];
            Arrays.fill(returns[i], i % 2);
        }
        return returns;
    }

    private static boolean[][] everywhere(double[][] values) {
        boolean[][] mask = new boolean[values.length][];
        for (int i = 0; i < values.length; i++) {
            mask[i] = new boolean[values[i].length];
            Arrays.fill(mask[i], true);
        }
        return mask;
    }

    private static double[][] doubles(List<float[]> rows) {
        double[][] doubles = new double[rows.size()][];
        for (int i = 0; i < doubles.length; i++) {
            float[] row = rows.get(i);
            doubles[i] = new double[row.length];
            Arrays.setAll(doubles[i], t -> row[t]);
        }
        return doubles;
    }

    private static float[] floats(double[] numbers) {
        float[] floats = new float[numbers.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) numbers[i];
        }
        return floats;
    }

    private static double[] counted(double[][] rows, boolean[][] mask) {
        List<Double> counted = new ArrayList<>();
        for (int i = 0; i < rows.length; i++) {
            for (int t = 0; t < rows[i].length; t++) {
                if (mask[i][t]) {
                    counted.add(rows[i][t]);
                }
            }
        }
        return counted.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
