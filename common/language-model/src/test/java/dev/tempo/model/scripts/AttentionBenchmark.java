package dev.tempo.model.scripts;

import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import dev.tempo.model.ModelConfig;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * A benchmark of attention for single tokens: from how many keys on the fused kernel is faster than plain products. Not a
 * test: surefire runs it by name only (docs/benchmarks.md).
 */
class AttentionBenchmark {
    /** The fewest keys, over all sequences, that one measurement attends to. */
    private static final int KEYS = 1 << 14;

    @Test
    void measure() {
        Torch.enter();
        for (ModelConfig config : BenchmarkSetup.shapes()) {
            Script script = Script.of(config, "attention-benchmark");
            System.out.printf(
                    Locale.ROOT,
                    "%n%s: plain products take, in times of the fused kernel%n",
                    BenchmarkSetup.name(config));
            System.out.println("| keys | batch 1 | batch 16 | batch 64 |");
            System.out.println("|---|---|---|---|");
            for (int keys : new int[] {16, 32, 64, 96, 128, 256, 512, 1024, 2048}) {
                StringBuilder row = new StringBuilder("| " + keys);
                for (int batch : new int[] {1, 16, 64}) {
                    row.append(" | ").append(ratio(config, script, batch, keys));
                }
                System.out.println(row + " |");
            }
        }
    }

    private static String ratio(ModelConfig config, Script script, int batch, int keys) {
        long k = config.keyValueHeads();
        long g = config.attentionHeads() / k;
        long e = config.headDimension();
        ShortestTime plain = new ShortestTime();
        ShortestTime fused = new ShortestTime();
        try (PtNDManager manager = Torch.newManager();
                IValue q = random(manager, batch, k, g, e);
                IValue cache = random(manager, 2, batch, k, keys, e);
                IValue mask = random(manager, batch, 1, 1, keys);
                IValue times = IValue.from(1L + KEYS / (batch * keys))) {
            for (int turn = 0; turn < 5 * BenchmarkSetup.TURNS; turn++) {
                time(script, "plain", plain, q, cache, mask, times);
                time(script, "fused", fused, q, cache, mask, times);
            }
        }
        return plain.times(fused.seconds());
    }

    private static IValue random(PtNDManager manager, long... shape) {
        return IValue.from((PtNDArray) manager.randomNormal(new Shape(shape)));
    }

    private static void time(Script script, String method, ShortestTime fastest, IValue... arguments) {
        double begun = BenchmarkSetup.now();
        script.run(method, arguments).close();
        fastest.take(BenchmarkSetup.now() - begun);
    }
}
