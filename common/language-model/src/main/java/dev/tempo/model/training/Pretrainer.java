package dev.tempo.model.training;

import dev.tempo.algorithm.rounds.CounterRandom;
import dev.tempo.contract.recipe.Aggregation;
import dev.tempo.contract.recipe.PolicyLossKind;
import dev.tempo.model.Head;
import dev.tempo.model.ModelConfig;
import dev.tempo.model.ModelLayout;
import dev.tempo.model.Parameter;
import dev.tempo.model.Sequence;
import dev.tempo.model.config.ConfigWriter;
import dev.tempo.model.directory.WeightFiles;
import dev.tempo.model.files.DurableFile;
import dev.tempo.model.files.TensorWriter;
import dev.tempo.model.tokens.CharacterTokenizer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** A maker of base models: random weights, then supervised training on traces. */
public final class Pretrainer {
    private static final double EMBEDDING_DEVIATION = 0.1;
    private static final String STATE = "pretraining.state";
    private static final String TASK = "task";
    private static final String STEPS = "steps";
    private static final int KEPT_EVERY = 100;

    private Pretrainer() {}

    /** A listener that is called after every step. */
    @FunctionalInterface
    public interface Progress {
        void step(int step, StepStats stats);
    }

    /**
     * Writes a model of random weights with a tokenizer of single characters.
     *
     * @param vocabulary the tokenizer's characters in the order of ids, as many as the config's vocabulary
     */
    public static void initialise(ModelConfig config, List<String> vocabulary, long seed, Path directory) {
        if (vocabulary.size() != config.vocabularySize()) {
            throw new IllegalArgumentException("a tokenizer of " + vocabulary.size()
                    + " characters does not fit a vocabulary of " + config.vocabularySize());
        }
        Set<Integer> special = new HashSet<>(config.endTokenIds());
        config.padTokenId().ifPresent(special::add);
        initialise(
                config,
                Map.of("tokenizer.json", CharacterTokenizer.tokenizerJson(vocabulary, special)),
                seed,
                directory);
    }

    /**
     * Writes a model of random weights: embeddings N(0, .1^2), linear maps N(0, 1/inputs), those that write to the residual
     * stream divided by sqrt(2 layers), norms 1.
     *
     * @param files what stands beside config.json and the weights, by name: the tokenizer, and perhaps a chat template
     */
    public static void initialise(ModelConfig config, Map<String, byte[]> files, long seed, Path directory) {
        DurableFile.write(directory.resolve("config.json"), ConfigWriter.write(config));
        files.forEach((name, content) -> DurableFile.write(directory.resolve(name), content));
        List<TensorWriter.Tensor> tensors = new ArrayList<>();
        for (Parameter.Part part : ModelLayout.parts(config, Head.VOCABULARY)) {
            tensors.add(TensorWriter.Tensor.of(
                    part.name(), part.shape(), () -> drawn(part, deviation(part, config), seed)));
        }
        TensorWriter.write(directory.resolve(WeightFiles.WEIGHTS), Map.of("format", "pt"), tensors);
    }

    /** The standard deviation of a tensor's random numbers; 0 for a norm, whose weights are all 1. */
    private static double deviation(Parameter.Part part, ModelConfig config) {
        if (part.shape().size() == 1) {
            return 0;
        }
        if (part.name().equals(ModelLayout.EMBEDDING)) {
            return EMBEDDING_DEVIATION;
        }
        double spread = 1 / Math.sqrt(part.shape().get(1));
        boolean residual = part.name().endsWith("o_proj.weight") || part.name().endsWith("down_proj.weight");
        return residual ? spread / Math.sqrt(2.0 * config.layers()) : spread;
    }

    private static ByteBuffer drawn(Parameter.Part part, double deviation, long seed) {
        long key = CounterRandom.key(seed, "initial-weights", part.name());
        int size = Math.toIntExact(part.size());
        ByteBuffer numbers = DurableFile.littleEndian(4 * size).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < size; i++) {
            numbers.putFloat(deviation == 0 ? 1 : (float) (deviation * CounterRandom.gaussian(key, i)));
        }
        return numbers.flip();
    }

    /**
     * Trains the model of a directory by cross-entropy on the traces' response tokens, without those of an environment, and
     * writes the result to another directory. The traces of each step are drawn with replacement.
     *
     * <p>Every hundred steps the state is kept in {@code start}; called again with the same arguments it goes on from there, bit
     * for bit.
     */
    public static void train(
            Path start,
            List<Sequence> traces,
            PretrainingSettings settings,
            long seed,
            Path directory,
            Progress progress) {
        if (traces.isEmpty()) {
            throw new IllegalArgumentException("pretraining needs at least one trace");
        }
        PolicyLossSettings crossEntropy =
                new PolicyLossSettings(PolicyLossKind.SEQUENCE_CLIP, 0, 0, Aggregation.TOKEN_MEAN, 1);
        Path state = start.resolve(STATE);
        Map<String, String> task =
                Map.of(TASK, settings + ", seed " + seed + ", " + traces.size() + " traces " + traces.hashCode());
        int first = stepsDone(state, task);
        try (PolicyTrainer trainer =
                first > 0 ? PolicyTrainer.restore(start, state) : PolicyTrainer.start(start, settings.optimizer())) {
            for (int step = first; step < settings.steps(); step++) {
                long key = CounterRandom.key(seed, "pretraining", step);
                List<Sequence> batch = new ArrayList<>(settings.batch());
                for (int i = 0; i < settings.batch(); i++) {
                    batch.add(traces.get(CounterRandom.below(key, i, traces.size())));
                }
                trainer.learningRate(settings.learningRate(step));
                progress.step(
                        step, trainer.step(new PolicyMiniBatch(List.of(), List.of(), List.of(), batch), crossEntropy));
                if ((step + 1) % KEPT_EVERY == 0) {
                    Map<String, String> notes = new LinkedHashMap<>(task);
                    notes.put(STEPS, Integer.toString(step + 1));
                    trainer.saveState(state, notes);
                }
            }
            trainer.save(directory);
        }
    }

    /** The steps that a kept state has behind it; 0 where there is none, or one of another task. */
    private static int stepsDone(Path state, Map<String, String> task) {
        if (!Files.isRegularFile(state)) {
            return 0;
        }
        Map<String, String> notes = PolicyTrainer.notes(state);
        return Objects.equals(notes.get(TASK), task.get(TASK)) ? Integer.parseInt(notes.getOrDefault(STEPS, "0")) : 0;
    }
}
