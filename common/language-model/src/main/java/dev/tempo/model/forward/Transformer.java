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
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A model in memory: config, weights and rotary tables, and the lock under which they are used. */
public final class Transformer implements AutoCloseable {
    private final ModelConfig config;
    private final Head head;
    private final WeightType type;
    private final Tensors weights;
    private final Script script;
    private final RotaryTables rotary;
    private final Buckets buckets;
    private final ReadWriteLock lock = new ReentrantReadWriteLock(true);
    private @Nullable TrainableTensors trained;
    private boolean closed;

    /**
     * Makes a model of weights that are in memory.
     *
     * @param weights in float32, in the order of {@link ModelLayout}
     */
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

    /** The model of a directory, in float32. */
    public static Transformer load(Path directory, Head head) {
        return load(directory, head, WeightType.FLOAT32);
    }

    /**
     * The model of a directory. If the directory holds an adapter, the adapter's products are added to the weights of its
     * base.
     *
     * @param type the type of weights, matrix products, keys and values; a value head is always in float32
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
     * The policy of a directory for generating: its matrices are laid out inputs first in memory, as decoding uses them,
     * which saves a copy of them.
     *
     * @param type the type of weights, matrix products, keys and values
     */
    public static Transformer forGeneration(Path directory, WeightType type) {
        return load(directory, Head.VOCABULARY, type, true);
    }

    /**
     * The model of a directory with another config.
     *
     * @param config used instead of the directory's own
     */
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

    /**
     * The model of a directory with other blocks of rows.
     *
     * @param rows used instead of those that were found for this machine's library
     */
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

    /** Whether hidden states are multiplied by the parameter, as is every matrix but an embedding that is only looked up. */
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

    /**
     * The numbers of a new value head: weights of 0 and a bias of .5, so that a critic gives .5 everywhere until it has
     * learned.
     */
    public static TensorSource freshHead(Parameter.Part part) {
        return new TensorSource.Constant(part.name().endsWith(ModelLayout.VALUE_BIAS) ? .5 : 0, part.size());
    }

    public ModelConfig config() {
        return config;
    }

    public Head head() {
        return head;
    }

    /** The type of weights, matrix products, keys and values. */
    public WeightType type() {
        return type;
    }

    public Tensors weights() {
        return weights;
    }

    /**
     * The tensors that a trainer changes if its steps are computed by adapting.torchscript; null if the trainer changes the
     * weights directly, or there is no trainer.
     */
    @Nullable
    TrainableTensors trained() {
        return trained;
    }

    /** Lets the model compute with tensors that a trainer changes, beside its weights. */
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

    /**
     * Runs work that uses the weights, for one caller at a time, in the calling thread, which is prepared for torch first.
     */
    public <T> T exclusively(Supplier<T> work) {
        return under(lock.writeLock(), work);
    }

    /**
     * Runs work that only reads the weights, beside that of other callers of this method, in the calling thread, which is
     * prepared for torch first.
     */
    public <T> T besideOthers(Supplier<T> work) {
        return under(lock.readLock(), work);
    }

    private <T> T under(Lock held, Supplier<T> work) {
        held.lock();
        try {
            if (closed) {
                throw new IllegalStateException("this model has been closed");
            }
            Torch.enter();
            return work.get();
        } finally {
            held.unlock();
        }
    }

    /**
     * Checks that the model can process a sequence.
     *
     * @throws IllegalArgumentException if an id lies outside the vocabulary or the sequence is longer than the model's
     *     positions
     */
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
        lock.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                weights.close();
                rotary.close();
            }
        } finally {
            lock.writeLock().unlock();
        }
    }
}
