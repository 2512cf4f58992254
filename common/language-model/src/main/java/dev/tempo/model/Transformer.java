package dev.tempo.model;

import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** A model's config, weights and rotary tables, and the lock under which they are used. */
final class Transformer implements AutoCloseable {
    private final ModelConfig config;
    private final Head head;
    private final Tensors weights;
    private final Script script;
    private final RotaryTables rotary;
    private final Buckets buckets;
    private final ReentrantLock lock = new ReentrantLock(true);
    private boolean closed;

    Transformer(ModelConfig config, Head head, Tensors weights) {
        this.config = config;
        this.head = head;
        this.weights = weights;
        this.script = Script.of(config);
        this.rotary = new RotaryTables(config);
        this.buckets = new Buckets(config);
    }

    static Transformer load(Path directory, Head head) {
        ModelConfig config = new ModelDirectory(directory).config();
        return load(directory, config, head);
    }

    /** @param config in place of the directory's own */
    static Transformer load(Path directory, ModelConfig config, Head head) {
        Torch.enter();
        Checkpoint checkpoint = Checkpoint.open(directory);
        checkpoint.refuseStrangers(config);
        boolean fresh = head == Head.VALUE && checkpoint.head() != Head.VALUE;
        return new Transformer(
                config,
                head,
                Tensors.read(
                        "weights",
                        ModelLayout.of(config, head),
                        part -> fresh && isValueHead(part) ? freshHead(part) : checkpoint.find(part)));
    }

    private static boolean isValueHead(Parameter.Part part) {
        return part.name().equals(ModelLayout.VALUE_WEIGHT) || part.name().equals(ModelLayout.VALUE_BIAS);
    }

    private static Numbers freshHead(Parameter.Part part) {
        return new Numbers.Constant(part.name().equals(ModelLayout.VALUE_BIAS) ? .5 : 0, part.size());
    }

    ModelConfig config() {
        return config;
    }

    Head head() {
        return head;
    }

    Tensors weights() {
        return weights;
    }

    Script script() {
        return script;
    }

    RotaryTables rotary() {
        return rotary;
    }

    Buckets buckets() {
        return buckets;
    }

    /** Runs work that uses the weights, one caller at a time, in a thread made ready for it. */
    <T> T exclusively(Supplier<T> work) {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("this model has been closed");
            }
            Torch.enter();
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    /** @throws IllegalArgumentException if an id lies outside the vocabulary or the sequence beyond the positions */
    void check(Sequence sequence) {
        check(sequence.promptIds());
        check(sequence.responseIds());
        if (sequence.length() > config.maxPositions()) {
            throw new IllegalArgumentException("a sequence of " + sequence.length()
                    + " tokens is longer than the model's " + config.maxPositions() + " positions");
        }
    }

    void check(int[] ids) {
        for (int id : ids) {
            if (id < 0 || id >= config.vocabularySize()) {
                throw new IllegalArgumentException(
                        "token id " + id + " lies outside the vocabulary of " + config.vocabularySize());
            }
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (!closed) {
                closed = true;
                weights.close();
                rotary.close();
            }
        } finally {
            lock.unlock();
        }
    }
}
