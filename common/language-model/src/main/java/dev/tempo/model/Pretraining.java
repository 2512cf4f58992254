package dev.tempo.model;

import java.nio.file.Path;
import java.util.List;

/** Makes a base model: random weights, then supervised training on traces. */
public final class Pretraining {

    private Pretraining() {}

    /** Told after every step. */
    @FunctionalInterface
    public interface Progress {
        void step(int step, StepStats stats);
    }

    /**
     * Writes a model of random weights: embeddings N(0, .1^2), linear maps N(0, 1/inputs), those that write to the
     * residual stream divided by sqrt(2 layers), norms 1.
     *
     * @param vocabulary the tokenizer's characters in id order, as many as the config's vocabulary
     */
    public static void initialise(ModelConfig config, List<String> vocabulary, long seed, Path directory) {
        throw new UnsupportedOperationException();
    }

    /**
     * Trains the model of a directory by cross-entropy on the traces' response tokens, without the environment's, and
     * writes the result to another. The traces of each step are drawn with replacement.
     */
    public static void train(
            Path start,
            List<Sequence> traces,
            PretrainingSettings settings,
            long seed,
            Path directory,
            Progress progress) {
        throw new UnsupportedOperationException();
    }
}
