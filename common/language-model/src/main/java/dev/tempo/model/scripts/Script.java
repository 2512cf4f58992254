package dev.tempo.model.scripts;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import dev.tempo.model.Architecture;
import dev.tempo.model.LayerAttention;
import dev.tempo.model.ModelConfig;
import dev.tempo.model.Parameter;
import dev.tempo.model.device.Computations;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The arithmetic of a model as loaded TorchScript; the only class that calls into it. Safe for use by several threads. */
public final class Script {
    private static final Map<Source, Script> LOADED = new ConcurrentHashMap<>();
    /** The script's method into which other methods are compiled. */
    private static final String COMPILED = "compiled";

    private final PtSymbolBlock module;

    private Script(PtSymbolBlock module) {
        this.module = module;
    }

    /** The script of models of a shape, with products in blocks of rows. Loaded once per process and never closed. */
    public static Script of(ModelConfig config, ProductRows rows) {
        return of(shape(config, rows), sizes(config), sources(config, rows));
    }

    /**
     * The script of models of a shape as the bytes of a file that any PyTorch loads, with products of any number of rows.
     */
    public static byte[] archive(ModelConfig config) {
        Source source = source(shape(config, ProductRows.ANY), sizes(config), sources(config, ProductRows.ANY));
        return ScriptArchive.of(source.methods, source.numbers);
    }

    private static String[] sources(ModelConfig config, ProductRows rows) {
        return new String[] {
            rows.kernels(),
            "products",
            "transformer",
            Architecture.of(config.modelType()).modelType(),
            "measuring",
            "decoding",
            "sampling",
            "training",
            "adapting",
            "accumulating"
        };
    }

    /**
     * A script of some resource files for a model's shape.
     *
     * @param sources the files' names without extension
     */
    public static Script of(ModelConfig config, String... sources) {
        return of(shape(config, ProductRows.ANY), sizes(config), sources);
    }

    /**
     * The script by which {@link ProductProbe} finds the rows of blocks.
     *
     * @param kernels the script resource whose methods multiply
     */
    static Script probing(String kernels) {
        return of(Map.of(), new TreeMap<>(), kernels, "products", "probing");
    }

    /** The text of the script by which {@link ProductProbe} finds the rows of blocks. */
    static String probingSource() {
        return read(ProductRows.KERNELS + ".torchscript") + read("products.torchscript") + read("probing.torchscript");
    }

    /** The script that copies numbers between files and tensors. */
    public static Script storage() {
        return Storage.SCRIPT;
    }

    private static final class Storage {
        static final Script SCRIPT = of(Map.of(), new TreeMap<>(), "storage");
    }

    private static Script of(Map<String, Object> shape, SortedMap<String, Float> numbers, String... sources) {
        return LOADED.computeIfAbsent(source(shape, numbers, sources), Script::load);
    }

    private static Source source(Map<String, Object> shape, SortedMap<String, Float> numbers, String... sources) {
        StringBuilder methods = new StringBuilder();
        for (String source : sources) {
            methods.append(read(source + ".torchscript")).append('\n');
        }
        String text = methods.toString();
        for (Map.Entry<String, Object> constant : shape.entrySet()) {
            text = text.replace(
                    "self." + constant.getKey() + "()", constant.getValue().toString());
        }
        return new Source(text, numbers);
    }

    /**
     * The source of a script.
     *
     * @param methods the text of its methods
     * @param numbers its attributes
     */
    private record Source(String methods, SortedMap<String, Float> numbers) {}

    /**
     * The values that scripts ask for by name, from a config. They are written into the script's text, since a call would
     * cost as much as a small tensor. Among them is each weight of a layer, with its index in the layer's list.
     */
    private static Map<String, Object> shape(ModelConfig config, ProductRows rows) {
        List<LayerAttention> kinds = config.attentionKinds();
        List<Parameter> layer = Architecture.of(config.modelType()).layer(config, "");
        Map<String, Object> shape = new TreeMap<>();
        shape.put("layers", config.layers());
        shape.put("layer_size", layer.size());
        shape.put("embedding", 0);
        shape.put("final_norm", 1 + layer.size() * config.layers());
        for (int place = 0; place < layer.size(); place++) {
            shape.put(layer.get(place).name(), place);
        }
        shape.put("heads", config.attentionHeads());
        shape.put("key_value_heads", config.keyValueHeads());
        shape.put("head_dim", config.headDimension());
        shape.put("eps", config.normEpsilon());
        shape.put("windows", kinds.stream().map(kind -> kind.window().orElse(0)).toList());
        shape.put("kinds", config.attention().stream().map(kinds::indexOf).toList());
        shape.put("cached_unit", rows.cached().unit());
        shape.put("cached_most", rows.cached().most());
        shape.put("whole_unit", rows.whole().unit());
        shape.put("whole_most", rows.whole().most());
        return shape;
    }

    /** The numbers that norms and attention compute with. */
    private static SortedMap<String, Float> sizes(ModelConfig config) {
        return new TreeMap<>(Map.of(
                "eps", (float) config.normEpsilon(),
                "scale", (float) Math.pow(config.headDimension(), -.5),
                "unseen", -1e30f,
                "hidden_size", (float) config.hiddenSize(),
                "head_size", (float) config.headDimension(),
                "queries_size", (float) config.attentionHeads() * config.headDimension(),
                "keys_size", (float) config.keyValueHeads() * config.headDimension()));
    }

    /** Runs a method without gradients. The caller closes arguments and result. */
    public IValue run(String method, IValue... arguments) {
        Computations.begin();
        try {
            return IValueUtils.runMethod(module, method, arguments);
        } finally {
            Computations.end();
        }
    }

    /**
     * Runs a method without gradients, whose result is one tensor.
     *
     * @param manager the owner of the result
     */
    public PtNDArray tensor(PtNDManager manager, String method, IValue... arguments) {
        try (IValue result = run(method, arguments)) {
            return result.toTensor(manager);
        }
    }

    /**
     * Runs a method that may compute gradients.
     *
     * @param arguments in the method's order; adjacent tensors with the same name that ends in {@code []} form one list
     * @return the result, which belongs to the manager of the first argument
     */
    public NDArray train(String method, NDList arguments) {
        try (NDArray name = arguments.head().getManager().create(new float[0])) {
            name.setName("module_method:" + method);
            NDList all = new NDList(arguments);
            all.add(name);
            Computations.begin();
            try {
                JniUtils.setGradMode(true);
                return IValueUtils.forward(module, all, true).singletonOrThrow();
            } finally {
                JniUtils.setGradMode(false);
                Computations.end();
            }
        }
    }

    /**
     * Compiles the script's methods with torch's graph optimizer on: then a method that is compiled as another's callee has
     * its own calls inlined, and stays so. Otherwise every call within it would cost as much as a small tensor.
     */
    private void compile() {
        try (PtNDManager manager = Torch.newHostManager();
                NDArray nothing = manager.create(0f)) {
            JniUtils.setGraphExecutorOptimize(true);
            train(COMPILED, new NDList(nothing)).close();
        } finally {
            JniUtils.setGraphExecutorOptimize(false);
        }
    }

    private static Script load(Source source) {
        byte[] archive = ScriptArchive.of(source.methods, source.numbers);
        try {
            Script script = new Script(
                    JniUtils.loadModule(Torch.newHostManager(), new ByteArrayInputStream(archive), false, false));
            if (source.methods.contains("def " + COMPILED + "(")) {
                script.compile();
            }
            return script;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(String source) {
        try (InputStream stream = Script.class.getResourceAsStream(source)) {
            if (stream == null) {
                throw new IllegalStateException("the resource dev/tempo/model/scripts/" + source + " is missing");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
