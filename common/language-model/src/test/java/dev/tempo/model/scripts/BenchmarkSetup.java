package dev.tempo.model.scripts;

import dev.tempo.model.ModelConfig;
import dev.tempo.model.planning.MachineRates;
import dev.tempo.model.training.Pretrainer;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The models, clocks and units that this module's benchmarks share. */
public final class BenchmarkSetup {
    /** The number of turns that each side takes; its fastest one counts. */
    public static final int TURNS = Integer.getInteger("tempo.benchmark.turns", 3);

    private static final int LAST_BEFORE_SURROGATES = 0xD7FF;

    private BenchmarkSetup() {}

    /**
     * The measured shapes: the quickstart's, with more positions; and one whose matrix products take longer than its calls.
     */
    public static List<ModelConfig> shapes() {
        return List.of(
                new ModelConfig(
                        "qwen3", 64, 4, 4, 2, 16, 176, 1e-6, 1e4, true, 22, 4096, OptionalInt.of(0), List.of(10)),
                new ModelConfig(
                        "qwen3", 512, 8, 8, 4, 64, 1536, 1e-6, 1e4, true, 8192, 4096, OptionalInt.of(0), List.of(10)));
    }

    /** The shapes of which generation is measured: the measured ones and, where it is asked for, Qwen3-0.6B's. */
    public static List<ModelConfig> generatingShapes() {
        return named(new ModelConfig(
                "qwen3", 1024, 28, 16, 8, 128, 3072, 1e-6, 1e6, true, 151936, 4096, OptionalInt.of(0), List.of(10)));
    }

    /** The shapes of which training is measured: the measured ones and, where it is asked for, one layer of Qwen3-0.6B. */
    public static List<ModelConfig> trainingShapes() {
        return named(new ModelConfig(
                "qwen3", 1024, 1, 16, 8, 128, 3072, 1e-6, 1e6, true, 22, 4096, OptionalInt.of(0), List.of(10)));
    }

    private static List<ModelConfig> named(ModelConfig large) {
        List<String> hidden =
                List.of(System.getProperty("tempo.benchmark.hidden", "64,512").split(","));
        return Stream.concat(shapes().stream(), Stream.of(large))
                .filter(config -> hidden.contains(Integer.toString(config.hiddenSize())))
                .toList();
    }

    public static String name(ModelConfig config) {
        return String.format(
                "hidden %d, %d layers, vocabulary %d (%.1f million weights)",
                config.hiddenSize(), config.layers(), config.vocabularySize(), config.parameters() / 1e6);
    }

    public static Path random(ModelConfig config, Path directory) {
        List<String> vocabulary = IntStream.range(0, config.vocabularySize())
                .map(id -> 0x4E00 + id)
                .map(id -> id > LAST_BEFORE_SURROGATES ? id + 0x10000 - LAST_BEFORE_SURROGATES - 1 : id)
                .mapToObj(Character::toString)
                .toList();
        Pretrainer.initialise(config, vocabulary, 3, directory);
        return directory;
    }

    /** The processor time of this thread in seconds. No other thread computes, and other programs do not count. */
    public static double now() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9;
    }

    /** The FLOP/s of matrix products that are large enough to be fast. */
    public static double peak() {
        return MachineRates.peak();
    }

    /** The FLOPs of a forward pass's matrix products, per token that attends to {@code keys} keys on average. */
    public static double flops(ModelConfig config, double keys) {
        double attention = 4.0 * config.layers() * config.attentionHeads() * config.headDimension();
        return 2.0 * config.parameters() + attention * keys;
    }
}
