package dev.tempo.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.tempo.contract.recipe.Optimizer;
import dev.tempo.model.Head;
import dev.tempo.model.TinyModel;
import dev.tempo.model.forward.Measurement;
import dev.tempo.model.forward.Transformer;
import dev.tempo.model.inference.OpByOp;
import dev.tempo.model.scripts.Torch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of the scripts against the same model in DJL's NDArray operations. */
class OpByOpTest {
    private static final int ROWS = 5;
    private static final int LENGTH = 9;

    @TempDir
    Path directory;

    private static long[] ids(long key, int length) {
        return Arrays.stream(TinyModel.ids(key, length)).asLongStream().toArray();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void logitsOfWholeSequencesAndOfACacheAreThoseOfTheScripts(boolean tied) {
        TinyModel.write(directory, TinyModel.config(tied), Head.VOCABULARY, 3);
        int length = 70;
        try (Transformer transformer = Transformer.load(directory, Head.VOCABULARY);
                NDManager manager = Torch.newManager()) {
            float[][] expected = new Measurement(transformer).logits(TinyModel.ids(4, length));
            OpByOp plain =
                    new OpByOp(transformer.config(), transformer.weights().arrays());
            NDArray all = manager.create(ids(4, length), new Shape(1, length));
            assertThat(plain.logits(all, 0, null).toFloatArray()).containsExactly(flat(expected), within(2e-4f));
            OpByOp.Cache cache = OpByOp.Cache.of(transformer.config(), manager, 1, length);
            plain.logits(all.get(":, :{}", length - 1), 0, cache);
            assertThat(plain.logits(all.get(":, {}:", length - 1), length - 1, cache)
                            .toFloatArray())
                    .containsExactly(expected[length - 1], within(2e-4f));
        }
    }

    private static float[] flat(float[][] rows) {
        float[] flat = new float[rows.length * rows[0].length];
        for (int row = 0; row < rows.length; row++) {
            System.arraycopy(rows[row], 0, flat, row * rows[0].length, rows[0].length);
        }
        return flat;
    }

    /**
     * Old log-probabilities that put each ratio at 1, .55 or 1.82: at a bound of the clip the last bits, which differ between
     * processors, would decide whether a token has a gradient.
     */
    private float[] farFromTheClip(long[][] ids) {
        float[] old = new float[ids.length * (LENGTH - 1)];
        List<float[]> now;
        try (Transformer transformer = Transformer.load(directory, Head.VOCABULARY)) {
            now = new Measurement(transformer)
                    .logProbs(TrainingBenchmark.batch(ids, old, old).sequences());
        }
        for (int i = 0; i < old.length; i++) {
            old[i] = now.get(i / (LENGTH - 1))[i % (LENGTH - 1)] + (i % 3 - 1) * .6f;
        }
        return old;
    }

    @Test
    void stepsLeaveTheSameWeights() {
        TinyModel.write(directory, TinyModel.config(false), Head.VOCABULARY, 3);
        Optimizer optimizer = new Optimizer(1e-3, .9, .95, .1, .5);
        long[][] ids = new long[ROWS][];
        Arrays.setAll(ids, row -> ids(row, LENGTH));
        float[] old = farFromTheClip(ids);
        float[] advantages = new float[old.length];
        for (int i = 0; i < advantages.length; i++) {
            advantages[i] = (i * 31 % 7 - 3) * .3f;
        }
        try (PolicyTrainer trainer = PolicyTrainer.start(directory, optimizer);
                Transformer transformer = Transformer.load(directory, Head.VOCABULARY);
                OpByOpStep plain = new OpByOpStep(
                        transformer.config(), transformer.weights().arrays(), optimizer)) {
            for (int step = 0; step < 3; step++) {
                StepStats stats = trainer.step(TrainingBenchmark.batch(ids, old, advantages), TrainingBenchmark.LOSS);
                double[] measured = plain.step(ids, old, advantages, .2);
                assertThat(measured[0]).isCloseTo(stats.loss(), within(1e-5));
                assertThat(measured[1]).isCloseTo(stats.entropy(), within(1e-5));
            }
            trainer.save(directory.resolve("trained"));
            try (Transformer trained = Transformer.load(directory.resolve("trained"), Head.VOCABULARY)) {
                List<float[]> expected = new ArrayList<>();
                trained.weights().arrays().forEach(array -> expected.add(array.toFloatArray()));
                for (int i = 0; i < expected.size(); i++) {
                    assertThat(plain.weights().get(i).toFloatArray()).containsExactly(expected.get(i), within(2e-5f));
                }
            }
        }
    }
}
