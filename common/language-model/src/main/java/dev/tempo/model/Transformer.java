package dev.tempo.model;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** A model's config, weights and rotary tables, and the lock under which they are used. */
final class Transformer implements AutoCloseable {
    private final ModelConfig config;
    private final Head head;
    private final Tensors weights;
    private final RotaryTables rotary;
    private final Buckets buckets;
    private final ReentrantLock lock = new ReentrantLock(true);
    private boolean closed;

    Transformer(ModelConfig config, Head head, Tensors weights) {
        this.config = config;
        this.head = head;
        this.weights = weights;
        this.rotary = new RotaryTables(config);
        this.buckets = new Buckets(config);
    }

    static Transformer load(Path directory, Head head) {
        ModelConfig config = new ModelDirectory(directory).config();
        Torch.enter();
        try (Checkpoint checkpoint = Checkpoint.open(directory)) {
            BiConsumer<Parameter.Part, ByteBuffer> source = (part, into) -> {
                if (isFreshHead(part, checkpoint)) {
                    appendFreshHead(part, into);
                } else {
                    checkpoint.read(part.name(), part.shape(), into);
                }
            };
            return new Transformer(config, head, Tensors.read("weights", Qwen3Layout.of(config, head), source));
        }
    }

    private static boolean isFreshHead(Parameter.Part part, Checkpoint checkpoint) {
        boolean valueHead =
                part.name().equals(Qwen3Layout.VALUE_WEIGHT) || part.name().equals(Qwen3Layout.VALUE_BIAS);
        return valueHead && !checkpoint.has(Qwen3Layout.VALUE_WEIGHT) && !checkpoint.has(Qwen3Layout.VALUE_BIAS);
    }

    private static void appendFreshHead(Parameter.Part part, ByteBuffer into) {
        float value = part.name().equals(Qwen3Layout.VALUE_BIAS) ? .5f : 0;
        for (long i = 0; i < part.size(); i++) {
            into.putFloat(value);
        }
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
