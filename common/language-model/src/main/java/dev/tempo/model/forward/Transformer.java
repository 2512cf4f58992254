package dev.tempo.model.forward;

import dev.tempo.model.Head;
import dev.tempo.model.ModelConfig;
import dev.tempo.model.ModelLayout;
import dev.tempo.model.Parameter;
import dev.tempo.model.Sequence;
import dev.tempo.model.WeightType;
import dev.tempo.model.directory.Adapter;
import dev.tempo.model.directory.AdapterLayout;
import dev.tempo.model.directory.ModelDirectory;
import dev.tempo.model.directory.WeightFiles;
import dev.tempo.model.scripts.ProductRows;
import dev.tempo.model.scripts.Script;
import dev.tempo.model.scripts.TensorSource;
import dev.tempo.model.scripts.Torch;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A model's config, weights and rotary tables, and the lock under which they are used. */
public final class Transformer implements AutoCloseable {
    private final ModelConfig config;
    private final Head head;
    private final WeightType type;
    private final Tensors weights;
    private final Script script;
    private final RotaryTables rotary;
    private final Buckets buckets;
    private final ReentrantLock lock = new ReentrantLock(true);
    private @Nullable TrainableTensors trained;
    private boolean closed;

    /** @param weights in float32 */
    public Transformer(ModelConfig config, Head head, Tensors weights) {
        this(config, head, WeightType.FLOAT32, ProductRows.of(config, WeightType.FLOAT32), weights);
    }

    private Transformer(ModelConfig config, Head head, WeightType type, ProductRows rows, Tensors weights) {
        this.config = config;
        this.head = head;
        this.type = type;
        this.weights = weights;
        this.script = Script.of(config, rows);
        this.rotary = new RotaryTables(config, type);
        this.buckets = new Buckets(config, rows);
    }

    /** The model of a directory in float32. */
    public static Transformer load(Path directory, Head head) {
        return load(directory, head, WeightType.FLOAT32);
    }

    /**
     * The model of a directory; with an adapter's products added to its base's weights where it holds an adapter.
     *
     * @param type of weights, matrix products, keys and values; a value head is in float32 whatever that is
     */
    public static Transformer load(Path directory, Head head, WeightType type) {
        return load(directory, head, type, false);
    }

    private static Transformer load(Path directory, Head head, WeightType type, boolean generating) {
        if (!Adapter.isIn(directory)) {
            return load(directory, new ModelDirectory(directory).config(), head, type, null, generating);
        }
        Adapter adapter = Adapter.open(directory);
        adapter.verifyBase();
        ModelConfig config = new ModelDirectory(adapter.base()).config();
        Transformer transformer = load(adapter.base(), config, head, type, adapter, generating);
        TrainableTensors.merge(adapter, transformer.weights, transformer.script, config);
        return transformer;
    }

    /**
     * The same to generate with: its matrices lie inputs first in memory, as decoding takes them, which would copy
     * them otherwise.
     */
    public static Transformer forGeneration(Path directory, WeightType type) {
        return load(directory, Head.VOCABULARY, type, true);
    }

    /** @param config in place of the directory's own */
    public static Transformer load(Path directory, ModelConfig config, Head head) {
        return load(directory, config, head, WeightType.FLOAT32, null, false);
    }

    private static Transformer load(
            Path directory,
            ModelConfig config,
            Head head,
            WeightType type,
            @Nullable Adapter adapter,
            boolean generating) {
        if (type == WeightType.FLOAT16) {
            throw new IllegalArgumentException("float16 is no type to compute with: its range is too small");
        }
        return load(directory, config, head, type, ProductRows.of(config, type), adapter, generating);
    }

    /** @param rows in place of those that this machine's library calls for */
    public static Transformer load(
            Path directory,
            ModelConfig config,
            Head head,
            WeightType type,
            ProductRows rows,
            @Nullable Adapter adapter,
            boolean generating) {
        Torch.enter();
        WeightFiles checkpoint = WeightFiles.open(directory);
        checkpoint.refuseStrangers(config);
        return new Transformer(
                config,
                head,
                type,
                rows,
                Tensors.read(
                        "weights",
                        ModelLayout.of(config, head),
                        part -> isValueHead(part)
                                ? valueHead(part, checkpoint, adapter)
                                : checkpoint.find(part).numbers(),
                        parameter -> isValueHead(parameter.parts().get(0)) ? WeightType.FLOAT32 : type,
                        parameter -> generating && isMultiplied(parameter, config)));
    }

    /** Whether hidden states are multiplied by it: not an embedding that is only looked up. */
    private static boolean isMultiplied(Parameter parameter, ModelConfig config) {
        boolean lookedUp = parameter.parts().get(0).name().equals(ModelLayout.EMBEDDING);
        return parameter.shape().size() == 2 && (!lookedUp || config.tiedEmbeddings());
    }

    private static TensorSource valueHead(Parameter.Part part, WeightFiles checkpoint, @Nullable Adapter adapter) {
        Parameter.Part adapted = new Parameter.Part(AdapterLayout.PREFIX + part.name(), part.shape());
        if (adapter != null && adapter.has(adapted)) {
            return adapter.find(adapted).numbers();
        }
        return checkpoint.head() == Head.VALUE ? checkpoint.find(part).numbers() : freshHead(part);
    }

    private static boolean isValueHead(Parameter.Part part) {
        return part.name().equals(ModelLayout.VALUE_WEIGHT) || part.name().equals(ModelLayout.VALUE_BIAS);
    }

    public static TensorSource freshHead(Parameter.Part part) {
        return new TensorSource.Constant(part.name().endsWith(ModelLayout.VALUE_BIAS) ? .5 : 0, part.size());
    }

    public ModelConfig config() {
        return config;
    }

    public Head head() {
        return head;
    }

    /** Of weights, matrix products, keys and values. */
    public WeightType type() {
        return type;
    }

    public Tensors weights() {
        return weights;
    }

    /** What a trainer changes in place of the weights, or beside the plain way of computing with them. */
    @Nullable
    TrainableTensors trained() {
        return trained;
    }

    public void train(TrainableTensors changed) {
        trained = changed;
    }

    public Script script() {
        return script;
    }

    public RotaryTables rotary() {
        return rotary;
    }

    public Buckets buckets() {
        return buckets;
    }

    /** Runs work that uses the weights, one caller at a time, in a thread made ready for it. */
    public <T> T exclusively(Supplier<T> work) {
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
    public void check(Sequence sequence) {
        check(sequence.promptIds());
        check(sequence.responseIds());
        if (sequence.length() > config.maxPositions()) {
            throw new IllegalArgumentException("a sequence of " + sequence.length()
                    + " tokens is longer than the model's " + config.maxPositions() + " positions");
        }
    }

    public void check(int[] ids) {
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
