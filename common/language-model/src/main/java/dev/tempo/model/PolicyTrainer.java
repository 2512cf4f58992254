package dev.tempo.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A policy in training: weights, AdamW moments and step count. Calls from several threads take turns. */
public final class PolicyTrainer implements AutoCloseable {

    private PolicyTrainer() {}

    /** Starts from a Hugging Face directory with a fresh optimizer. */
    public static PolicyTrainer start(Path modelDirectory, OptimizerSettings optimizer) {
        throw new UnsupportedOperationException();
    }

    /**
     * Continues bit for bit where {@link #saveState} was called, optimizer settings included.
     *
     * @param modelDirectory any version of the same model; gives config and tokenizer, not weights
     */
    public static PolicyTrainer restore(Path modelDirectory, Path state) {
        throw new UnsupportedOperationException();
    }

    /** The notes of a state file, as given to {@link #saveState}. */
    public static Map<String, String> notes(Path state) {
        throw new UnsupportedOperationException();
    }

    public ModelConfig config() {
        throw new UnsupportedOperationException();
    }

    public OptimizerSettings optimizer() {
        throw new UnsupportedOperationException();
    }

    /** As {@link Policy#logProbs}, with the weights as they are now. */
    public List<float[]> logProbs(List<Sequence> sequences) {
        throw new UnsupportedOperationException();
    }

    /**
     * One optimizer step on a mini-batch.
     *
     * @throws NonFiniteLossException if loss or gradient are not finite; nothing has changed then
     */
    public StepStats step(PolicyMiniBatch batch, PolicyLossSettings settings) {
        throw new UnsupportedOperationException();
    }

    /** Forgets moments and step count, keeps the weights. */
    public void resetOptimizer(OptimizerSettings settings) {
        throw new UnsupportedOperationException();
    }

    /**
     * Writes the weights as a Hugging Face directory with the config and tokenizer it started from. Files are synced and
     * renamed into place one by one, model.safetensors last: where that is, the directory is complete.
     */
    public void save(Path directory) {
        throw new UnsupportedOperationException();
    }

    /**
     * Writes weights, moments, step count and optimizer settings into one file, synced and atomically renamed into place.
     *
     * @param notes what the caller wants kept with it: round, offsets
     */
    public void saveState(Path file, Map<String, String> notes) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
