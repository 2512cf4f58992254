package dev.tempo.model.forward;

import dev.tempo.model.Head;
import dev.tempo.model.ModelConfig;
import dev.tempo.model.Sequence;
import dev.tempo.model.WeightType;
import dev.tempo.model.inference.GenerationBenchmark;
import dev.tempo.model.scripts.BenchmarkSetup;
import dev.tempo.model.scripts.ProductRows;
import dev.tempo.model.scripts.RowBlocks;
import dev.tempo.model.scripts.ShortestTime;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A benchmark of the blocks of rows that this machine was probed for, against products of any number of rows and blocks of
 * one fixed number. Not a test: surefire runs it by name only (docs/benchmarks.md).
 */
class BlocksBenchmark {
    private static final int CONTEXT = 32;
    private static final int SEQUENCES = 64;
    private static final int TURNS = 7;

    @TempDir
    Path directory;

    @Test
    void measure() {
        for (ModelConfig config : BenchmarkSetup.shapes()) {
            Path model = BenchmarkSetup.random(config, directory.resolve("hidden-" + config.hiddenSize()));
            ProductRows probed = ProductRows.of(config, WeightType.FLOAT32);
            System.out.printf(
                    Locale.ROOT,
                    "%n%s; probed: %s to generate, %s to measure%n",
                    BenchmarkSetup.name(config),
                    probed.cached(),
                    probed.whole());
            Map<String, ProductRows> ways = new LinkedHashMap<>();
            ways.put("probed", probed);
            ways.put("any number", fixed(new RowBlocks(2, 1 << 20)));
            ways.put("8", fixed(new RowBlocks(8, 8)));
            ways.put("16", fixed(new RowBlocks(16, 16)));
            System.out.println("| | probed blocks, µs | any number of rows | blocks of 8 | blocks of 16 |");
            System.out.println("|---|---|---|---|---|");
            Map<String, Transformer> models = new LinkedHashMap<>();
            ways.forEach((name, rows) -> models.put(
                    name, Transformer.load(model, config, Head.VOCABULARY, WeightType.FLOAT32, rows, null, true)));
            for (int batch : new int[] {1, 16, 64}) {
                print("a step of " + batch, times(models, one -> GenerationBenchmark.decode(one, batch, CONTEXT)[0]));
            }
            print(SEQUENCES + " sequences of " + CONTEXT + " measured", times(models, BlocksBenchmark::measuring));
            models.values().forEach(Transformer::close);
        }
    }

    private interface Work {
        double seconds(Transformer transformer);
    }

    private static ProductRows fixed(RowBlocks blocks) {
        return new ProductRows(ProductRows.KERNELS, blocks, blocks, false, "");
    }

    private static List<ShortestTime> times(Map<String, Transformer> models, Work work) {
        List<ShortestTime> times =
                models.keySet().stream().map(name -> new ShortestTime()).toList();
        for (int turn = 0; turn < TURNS; turn++) {
            int i = 0;
            for (Transformer transformer : models.values()) {
                times.get(i++).take(work.seconds(transformer));
            }
        }
        return times;
    }

    private static double measuring(Transformer transformer) {
        List<Sequence> sequences = new ArrayList<>();
        for (int i = 0; i < SEQUENCES; i++) {
            int first = i;
            int[] ids = IntStream.range(0, CONTEXT / 2)
                    .map(t -> 11 + (first + t) % 11)
                    .toArray();
            sequences.add(Sequence.of(ids, ids));
        }
        double begun = BenchmarkSetup.now();
        new Measurement(transformer).logProbs(sequences);
        return BenchmarkSetup.now() - begun;
    }

    private static void print(String what, List<ShortestTime> times) {
        double probed = times.get(0).seconds();
        System.out.printf(
                Locale.ROOT,
                "| %s | %.0f | %.2f | %.2f | %.2f |%n",
                what,
                probed * 1e6,
                times.get(1).seconds() / probed,
                times.get(2).seconds() / probed,
                times.get(3).seconds() / probed);
    }
}
