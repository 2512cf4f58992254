package dev.tempo.model.training;

import dev.tempo.contract.recipe.LowRank;
import dev.tempo.model.Head;
import dev.tempo.model.ModelConfig;
import dev.tempo.model.ModelFormatException;
import dev.tempo.model.ModelLayout;
import dev.tempo.model.Parameter;
import dev.tempo.model.WeightType;
import dev.tempo.model.directory.Adapter;
import dev.tempo.model.directory.AdapterLayout;
import dev.tempo.model.directory.BaseHashes;
import dev.tempo.model.directory.ModelDirectory;
import dev.tempo.model.directory.ModelFiles;
import dev.tempo.model.directory.WeightFiles;
import dev.tempo.model.files.TensorWriter;
import dev.tempo.model.forward.Tensors;
import dev.tempo.model.forward.TrainableTensors;
import dev.tempo.model.forward.Transformer;
import dev.tempo.model.scripts.TensorSource;
import dev.tempo.model.scripts.Torch;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The weights of a trainer: a transformer, and a LoRA adapter if that is trained in place of the transformer's own weights.
 */
final class TrainedWeights implements AutoCloseable {
    private final Transformer transformer;
    private final TrainingMethod method;
    private final Path base;
    private final ModelFiles files;
    private final List<Parameter> layout;
    private final @Nullable TrainableTensors trained;

    private TrainedWeights(
            Transformer transformer, TrainingMethod method, Path base, Function<Parameter.Part, TensorSource> adapter) {
        this.transformer = transformer;
        this.method = method;
        this.base = base;
        this.files = ModelFiles.read(base);
        ModelConfig config = transformer.config();
        LowRank lora = method.lora();
        this.layout = lora == null
                ? ModelLayout.of(config, transformer.head())
                : AdapterLayout.of(config, lora, transformer.head());
        if (lora == null && method.isAtOnce()) {
            this.trained = null;
        } else {
            this.trained = lora == null
                    ? TrainableTensors.weights(transformer.weights(), method.bfloat16(), config)
                    : TrainableTensors.lora(Tensors.read("trained", layout, adapter), lora, method.bfloat16(), config);
            transformer.train(trained);
        }
    }

    /**
     * The weights that training starts with.
     *
     * @param seed of the numbers that a new adapter begins with
     */
    static TrainedWeights start(Path directory, Head head, TrainingMethod method, long seed) {
        LowRank lora = method.lora();
        if (lora == null) {
            return of(Transformer.load(directory, head), method, directory, part -> {
                throw new IllegalStateException("no adapter is trained");
            });
        }
        Path base = Adapter.baseOf(directory);
        Adapter adapter = adapter(directory, lora);
        WeightFiles checkpoint = WeightFiles.open(base);
        return of(Transformer.load(base, head, frozenType(method)), method, base, part -> {
            if (adapter != null && (adapter.has(part) || AdapterLayout.isA(part) || AdapterLayout.isB(part))) {
                return adapter.find(part).numbers();
            }
            if (AdapterLayout.isA(part)) {
                return UniformNumbers.loraA(part, seed);
            }
            if (AdapterLayout.isB(part)) {
                return new TensorSource.Constant(0, part.size());
            }
            return checkpoint.head() == Head.VALUE
                    ? checkpoint
                            .find(new Parameter.Part(
                                    part.name().substring(AdapterLayout.PREFIX.length()), part.shape()))
                            .numbers()
                    : Transformer.freshHead(part);
        });
    }

    /** The type in memory of the base that an adapter is trained on. */
    private static WeightType frozenType(TrainingMethod method) {
        return method.bfloat16() ? WeightType.BFLOAT16 : WeightType.FLOAT32;
    }

    private static @Nullable Adapter adapter(Path directory, LowRank lora) {
        if (!Adapter.isIn(directory)) {
            return null;
        }
        Adapter adapter = Adapter.open(directory);
        if (!adapter.settings().equals(lora)) {
            throw new ModelFormatException(directory + " holds an adapter of " + adapter.settings() + ", but " + lora
                    + " is asked for; merge it into its base first (./tempo export --merged)");
        }
        adapter.verifyBase();
        return adapter;
    }

    /**
     * The weights of a trainer that continues from a state file.
     *
     * @param directory any version of the same model; gives config, tokenizer and the weights that are not trained
     * @param saved the numbers of each trained tensor
     */
    static TrainedWeights restore(
            Path directory, Head head, TrainingMethod method, Function<Parameter.Part, TensorSource> saved) {
        Path base = Adapter.baseOf(directory);
        if (method.lora() != null) {
            return of(Transformer.load(base, head, frozenType(method)), method, base, saved);
        }
        ModelConfig config = new ModelDirectory(directory).config();
        Torch.enter();
        Tensors weights = Tensors.read("weights", ModelLayout.of(config, head), saved);
        return of(new Transformer(config, head, weights), method, base, saved);
    }

    private static TrainedWeights of(
            Transformer transformer, TrainingMethod method, Path base, Function<Parameter.Part, TensorSource> adapter) {
        try {
            return new TrainedWeights(transformer, method, base, adapter);
        } catch (RuntimeException e) {
            transformer.close();
            throw e;
        }
    }

    Transformer transformer() {
        return transformer;
    }

    TrainingMethod method() {
        return method;
    }

    List<Parameter> layout() {
        return layout;
    }

    /**
     * The tensors that adapting.torchscript changes; null if a step changes the transformer's own weights and computes a
     * mini-batch at once.
     */
    @Nullable
    TrainableTensors besideWeights() {
        return trained;
    }

    Tensors tensors() {
        return trained == null ? transformer.weights() : trained.tensors();
    }

    /** Writes a model that, when it is loaded, computes what this one does. */
    void save(Path directory, WeightType type) {
        LowRank lora = method.lora();
        List<TensorWriter.Tensor> tensors = tensors().named("", type);
        if (lora == null) {
            files.save(directory, type, tensors);
        } else {
            Adapter.save(directory, base, BaseHashes.of(base), lora, transformer.head(), tensors);
        }
    }

    @Override
    public void close() {
        transformer.close();
        if (trained != null) {
            trained.close();
        }
    }
}
