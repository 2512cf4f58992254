package dev.tempo.model;

import dev.tempo.algorithm.rounds.CounterRandom;
import dev.tempo.model.files.DurableFile;
import dev.tempo.model.files.TensorWriter;
import dev.tempo.model.training.Pretrainer;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Small models of random weights, made where a test needs one. */
public final class TinyModel {
    public static final int PAD = 0;
    public static final int END = 1;
    public static final String CHARACTERS = ".$abcdefghijklmno";

    private TinyModel() {}

    /**
     * A Qwen3 config with grouped queries, a head dimension that is not hidden / heads, and sizes that fill no vector
     * register.
     */
    public static ModelConfig config(boolean tied) {
        return new ModelConfig(
                "qwen3",
                20,
                2,
                6,
                2,
                6,
                27,
                1e-6,
                1e4,
                tied,
                CHARACTERS.length(),
                80,
                OptionalInt.of(PAD),
                List.of(END));
    }

    /**
     * An OLMo 3 config with windows shorter than the sequences, YaRN in the layer with full attention, and a last layer that
     * slides.
     */
    public static ModelConfig olmo(boolean tied) {
        LayerAttention sliding = LayerAttention.sliding(4, Rope.plain(1e4));
        LayerAttention full = LayerAttention.full(new Rope(1e4, new Rope.Yarn(4, 16, 1.1, 32, 1, true)));
        return like(config(tied), "olmo3", List.of(sliding, full, sliding));
    }

    /** A Qwen3 config with what it may also ask for: windows from some layer on, YaRN everywhere. */
    static ModelConfig slidingQwen() {
        Rope rope = new Rope(1e4, new Rope.Yarn(4, 16, 1.2, 32, 1, true));
        return like(config(true), "qwen3", List.of(LayerAttention.full(rope), LayerAttention.sliding(5, rope)));
    }

    /**
     * The configs of every kind with more positions, and windows that include the lengths at which attention uses other
     * kernels.
     */
    public static List<ModelConfig> longConfigs() {
        Rope yarn = new Rope(1e4, new Rope.Yarn(4, 64, 1.1, 32, 1, true));
        LayerAttention full = LayerAttention.full(yarn);
        return List.of(
                like(config(true), "qwen3", List.of(full, full), 700),
                like(config(false), "olmo3", List.of(LayerAttention.sliding(70, Rope.plain(1e4)), full), 700),
                like(config(true), "olmo3", List.of(LayerAttention.sliding(4, Rope.plain(1e4)), full), 700));
    }

    private static ModelConfig like(ModelConfig config, String modelType, List<LayerAttention> attention) {
        return like(config, modelType, attention, config.maxPositions());
    }

    private static ModelConfig like(
            ModelConfig config, String modelType, List<LayerAttention> attention, int maxPositions) {
        return new ModelConfig(
                modelType,
                config.hiddenSize(),
                attention.size(),
                config.attentionHeads(),
                config.keyValueHeads(),
                config.headDimension(),
                config.intermediateSize(),
                config.normEpsilon(),
                attention,
                config.tiedEmbeddings(),
                config.vocabularySize(),
                maxPositions,
                config.padTokenId(),
                config.endTokenIds());
    }

    /** The configs of every kind. */
    public static List<ModelConfig> configs() {
        return List.of(config(true), config(false), olmo(true), olmo(false), slidingQwen());
    }

    public static List<String> vocabulary() {
        return CHARACTERS.chars().mapToObj(Character::toString).toList();
    }

    public static Path policy(Path directory, long seed) {
        return write(directory, config(true), Head.VOCABULARY, seed);
    }

    public static Path critic(Path directory, long seed) {
        return write(directory, config(true), Head.VALUE, seed);
    }

    /** A policy for which all tokens are equally probable: each has the same embedding. */
    public static Path indifferentPolicy(Path directory, long seed) {
        return write(
                directory, config(true), Head.VOCABULARY, seed, config(true).hiddenSize());
    }

    /** Writes a model whose numbers are all random, those of norms around 1. */
    public static Path write(Path directory, ModelConfig config, Head head, long seed) {
        return write(directory, config, head, seed, Integer.MAX_VALUE);
    }

    /** @param period after which the numbers of embeddings come again */
    private static Path write(Path directory, ModelConfig config, Head head, long seed, int period) {
        Pretrainer.initialise(config, vocabulary(), seed, directory);
        List<TensorWriter.Tensor> tensors = new ArrayList<>();
        for (Parameter parameter : ModelLayout.of(config, head)) {
            for (Parameter.Part part : parameter.parts()) {
                tensors.add(TensorWriter.Tensor.of(
                        part.name(),
                        part.shape(),
                        () -> random(part, seed, part.name().contains("embed") ? period : Integer.MAX_VALUE)));
            }
        }
        TensorWriter.write(directory.resolve("model.safetensors"), Map.of(), tensors);
        return directory;
    }

    private static ByteBuffer random(Parameter.Part part, long seed, int period) {
        ByteBuffer numbers = DurableFile.littleEndian((int) (4 * part.size()));
        boolean norm = part.name().endsWith("norm.weight");
        long key = CounterRandom.key(seed, part.name());
        for (int i = 0; i < part.size(); i++) {
            numbers.putFloat((float) ((norm ? 1 : 0) + 0.35 * CounterRandom.gaussian(key, i % period)));
        }
        return numbers.flip();
    }

    /** Random ids that are neither padding nor end of sequence. */
    public static int[] ids(long key, int length) {
        int[] ids = new int[length];
        for (int i = 0; i < length; i++) {
            ids[i] = 2 + CounterRandom.below(key, i, CHARACTERS.length() - 2);
        }
        return ids;
    }

    /** Sequences of mixed lengths with a few response tokens that an environment wrote. */
    public static List<Sequence> sequences(int count, long seed) {
        List<Sequence> sequences = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int prompt = 1 + CounterRandom.below(seed, 2L * i, 9);
            int response = 1 + CounterRandom.below(seed, 2L * i + 1, 14);
            boolean[] mask = new boolean[response];
            for (int t = 2; t < response; t += 3) {
                mask[t] = true;
            }
            sequences.add(new Sequence(ids(seed + 100 + i, prompt), ids(seed + 900 + i, response), mask));
        }
        return sequences;
    }
}
