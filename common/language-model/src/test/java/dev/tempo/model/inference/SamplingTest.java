package dev.tempo.model.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import dev.tempo.algorithm.rounds.CounterRandom;
import dev.tempo.model.Head;
import dev.tempo.model.Sequence;
import dev.tempo.model.TinyModel;
import dev.tempo.model.forward.Measurement;
import dev.tempo.model.forward.Transformer;
import dev.tempo.model.scripts.ProductRows;
import dev.tempo.model.scripts.Script;
import dev.tempo.model.scripts.Torch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SamplingTest {
    private static final int[] PROMPT = TinyModel.ids(3, 5);

    @TempDir
    Path directory;

    /** The settings to test: each filter on and off, and all together. */
    private static List<SamplingSettings> settings() {
        return List.of(
                new SamplingSettings(1, 1),
                new SamplingSettings(1.7, 1, 5, 1, 0),
                new SamplingSettings(.8, 1, 1, 1, 0),
                new SamplingSettings(1.7, 1, 0, .6, 0),
                new SamplingSettings(1, 1, 0, 1e-9, 0),
                new SamplingSettings(1.7, 1, 0, 1, .2),
                new SamplingSettings(1.3, 1, 99, .9, .05),
                new SamplingSettings(2, 1, 7, .8, .1),
                new SamplingSettings(0, 1, 4, .9, .1),
                new SamplingSettings(0, 1));
    }

    /** The distribution that a token is drawn from, computed with plain loops; the pad token has no probability. */
    private static double[] distribution(float[] logits, SamplingSettings sampling) {
        Integer[] ids = IntStream.range(0, logits.length)
                .filter(id -> id != TinyModel.PAD)
                .boxed()
                .toArray(Integer[]::new);
        Arrays.sort(ids, (a, b) -> Float.compare(logits[b], logits[a]));
        double[] p = new double[logits.length];
        if (sampling.temperature() == 0) {
            p[ids[0]] = 1;
            return p;
        }
        int kept = sampling.topK() == 0 ? ids.length : Math.min(sampling.topK(), ids.length);
        double sum = 0;
        for (int rank = 0; rank < kept; rank++) {
            p[ids[rank]] = Math.exp((logits[ids[rank]] - logits[ids[0]]) / sampling.temperature());
            sum += p[ids[rank]];
        }
        double before = 0;
        double left = 0;
        for (int rank = 0; rank < kept; rank++) {
            double share = p[ids[rank]] / sum;
            if (before >= sampling.topP() || p[ids[rank]] < sampling.minP() * p[ids[0]]) {
                p[ids[rank]] = 0;
            }
            before += share;
            left += p[ids[rank]];
        }
        for (int id = 0; id < p.length; id++) {
            p[id] /= left;
        }
        return p;
    }

    private static int drawn(double[] p, double uniform) {
        double sum = 0;
        for (int id = 0; id < p.length; id++) {
            sum += p[id];
            if (sum > uniform) {
                return id;
            }
        }
        throw new AssertionError("probabilities sum to " + sum);
    }

    @Test
    void tokensAreDrawnFromWhatTopKTopPAndMinPLeave() {
        try (Transformer transformer = Transformer.load(TinyModel.policy(directory, 11), Head.VOCABULARY)) {
            float[] logits = new Measurement(transformer).logits(PROMPT)[PROMPT.length - 1];
            Policy policy = new Policy(transformer, GenerationLimits.standard());
            List<GenerationTask> tasks = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                tasks.add(new GenerationTask(
                        PROMPT,
                        CounterRandom.key(1, i),
                        settings().get(i % settings().size()),
                        null));
            }
            List<GeneratedResponse> generations = policy.generate(tasks);
            for (int i = 0; i < tasks.size(); i++) {
                double[] p = distribution(logits, tasks.get(i).sampling());
                int expected = drawn(p, CounterRandom.uniform(tasks.get(i).key(), 0));
                assertThat(generations.get(i).responseIds()).containsExactly(expected);
                assertThat((double) generations.get(i).drawnLogProbs()[0])
                        .isCloseTo(Math.log(p[expected]), within(2e-5));
            }
            policy.close();
        }
    }

    @Test
    void aResponseAtTemperatureZeroTakesTheMostProbableTokenEveryTime() {
        try (Policy policy = Policy.load(TinyModel.policy(directory, 11))) {
            int[] ids = policy.generate(List.of(new GenerationTask(PROMPT, 1, new SamplingSettings(0, 12), null)))
                    .get(0)
                    .responseIds();
            for (int t = 0; t < ids.length; t++) {
                int[] before = Arrays.copyOf(ids, t);
                List<Sequence> choices = IntStream.range(1, TinyModel.CHARACTERS.length())
                        .mapToObj(id -> {
                            int[] next = Arrays.copyOf(before, before.length + 1);
                            next[before.length] = id;
                            return Sequence.of(PROMPT, next);
                        })
                        .toList();
                List<float[]> logProbs = policy.logProbs(choices);
                int last = t;
                int best = IntStream.range(0, choices.size())
                        .reduce((a, b) -> logProbs.get(b)[last] > logProbs.get(a)[last] ? b : a)
                        .orElseThrow();
                assertThat(ids[t]).isEqualTo(best + 1);
            }
        }
    }

    @Test
    void lookingAtTheMostProbableTokensFirstChangesNoBit() {
        int rows = 16;
        int vocabulary = 300;
        double[] logits = new double[rows * vocabulary];
        double[] draws = new double[6 * rows];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = (i % (7 * rows) < 40 ? 8 : 1) * CounterRandom.gaussian(3, i);
        }
        for (int row = 0; row < rows; row++) {
            draws[3 * rows + row] = row % 3 == 0 ? 3 + row / 3 : 0;
            draws[4 * rows + row] = row % 4 == 3 ? 1 : .05 + .06 * row;
            draws[5 * rows + row] = row % 5 == 0 ? .01 : 0;
        }
        Script script = Script.of(TinyModel.config(true), ProductRows.ANY);
        List<double[]> results = new ArrayList<>();
        Torch.enter();
        for (long looked : new long[] {8, 32, 300, 1024}) {
            try (PtNDManager manager = Torch.newManager();
                    IValue tempered = IValue.from((PtNDArray) manager.create(logits, new Shape(rows, vocabulary)));
                    IValue numbers = IValue.from((PtNDArray) manager.create(draws, new Shape(6, rows)));
                    IValue first = IValue.from(looked)) {
                double[] kept = script.tensor(manager, "truncated", tempered, numbers, first)
                        .toDoubleArray();
                results.add(kept);
            }
        }
        assertThat(results).allMatch(result -> Arrays.equals(result, results.get(0)));
        assertThat(results.get(0)).contains(-1e300);
    }

    @Test
    void settingsThatMeanNothingAreRefusedByName() {
        assertThatThrownBy(() -> new SamplingSettings(-.1, 1)).hasMessageContaining("temperature");
        assertThatThrownBy(() -> new SamplingSettings(1, 0)).hasMessageContaining("maxNewTokens");
        assertThatThrownBy(() -> new SamplingSettings(1, 1, -1, 1, 0)).hasMessageContaining("topK");
        assertThatThrownBy(() -> new SamplingSettings(1, 1, 0, 0, 0)).hasMessageContaining("topP");
        assertThatThrownBy(() -> new SamplingSettings(1, 1, 0, 1, 1.1)).hasMessageContaining("minP");
    }
}
