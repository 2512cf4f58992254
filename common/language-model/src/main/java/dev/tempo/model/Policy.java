package dev.tempo.model;

import java.nio.file.Path;
import java.util.List;

/** A policy's weights, to sample from and to ask for log-probabilities. Calls from several threads take turns. */
public final class Policy implements AutoCloseable {

    private Policy() {}

    /**
     * Loads a Hugging Face directory.
     *
     * @throws ModelFormatException naming file and field or tensor
     */
    public static Policy load(Path directory) {
        throw new UnsupportedOperationException();
    }

    public ModelConfig config() {
        throw new UnsupportedOperationException();
    }

    /**
     * One response per task, in the order of the tasks. Every response is bit-identical whatever other tasks are in the
     * list.
     *
     * @throws IllegalArgumentException if an id lies outside the vocabulary, or prompt and limit do not fit the model's
     *     positions
     */
    public List<Generation> generate(List<GenerationTask> tasks) {
        throw new UnsupportedOperationException();
    }

    /**
     * Per sequence the log-probability of each response token in nats, at temperature 1 over the full vocabulary.
     * Bit-identical whatever other sequences are in the list.
     */
    public List<float[]> logProbs(List<Sequence> sequences) {
        throw new UnsupportedOperationException();
    }

    /** Frees the weights; the policy is of no use afterwards. */
    @Override
    public void close() {}
}
