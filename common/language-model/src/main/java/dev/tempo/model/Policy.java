package dev.tempo.model;

import java.nio.file.Path;
import java.util.List;

/** A policy's weights, to sample from and to ask for log-probabilities. Calls from several threads take turns. */
public final class Policy implements AutoCloseable {
    private final Transformer transformer;

    private Policy(Transformer transformer) {
        this.transformer = transformer;
    }

    /**
     * Loads a Hugging Face directory.
     *
     * @throws ModelFormatException naming file and field or tensor
     */
    public static Policy load(Path directory) {
        return new Policy(Transformer.load(directory, Head.VOCABULARY));
    }

    public ModelConfig config() {
        return transformer.config();
    }

    /**
     * One response per task, in the order of the tasks. Every response is bit-identical whatever other tasks are in the
     * list. The config's pad token is never sampled, unless it also ends responses.
     *
     * @throws IllegalArgumentException if an id lies outside the vocabulary, or prompt and limit do not fit the model's
     *     positions
     */
    public List<Generation> generate(List<GenerationTask> tasks) {
        return new Decoder(transformer).generate(tasks);
    }

    /**
     * Per sequence the log-probability of each response token in nats, at temperature 1 over the full vocabulary.
     * Bit-identical whatever other sequences are in the list.
     */
    public List<float[]> logProbs(List<Sequence> sequences) {
        return new Measurement(transformer).logProbs(sequences);
    }

    /** Frees the weights; the policy is of no use afterwards. */
    @Override
    public void close() {
        transformer.close();
    }
}
