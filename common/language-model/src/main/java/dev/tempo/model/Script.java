package dev.tempo.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The model's maths as loaded TorchScript, and the only place that calls into it. Safe for use by several threads. */
final class Script {
    private static final Map<String, Script> LOADED = new ConcurrentHashMap<>();

    private final PtSymbolBlock module;

    private Script(PtSymbolBlock module) {
        this.module = module;
    }

    /** The maths of models of a shape. Loaded once a process and never closed. */
    static Script of(ModelConfig config) {
        return of(
                config,
                "transformer",
                Architecture.of(config.modelType()).modelType(),
                "measuring",
                "decoding",
                "sampling",
                "training",
                "adapting",
                "accumulating");
    }

    /** Methods of resource files over a model's shape. */
    static Script of(ModelConfig config, String... sources) {
        return of(shape(config), sources);
    }

    /** The way of numbers between files and tensors. */
    static Script storage() {
        return Storage.SCRIPT;
    }

    private static final class Storage {
        static final Script SCRIPT = of("", "storage");
    }

    private static Script of(String preamble, String... sources) {
        StringBuilder methods = new StringBuilder(preamble);
        for (String source : sources) {
            methods.append(read(source + ".torchscript")).append('\n');
        }
        return LOADED.computeIfAbsent(methods.toString(), Script::load);
    }

    /** What a config says, as methods that give it. */
    private static String shape(ModelConfig config) {
        List<LayerAttention> kinds = config.attentionKinds();
        return constant("layers", "int", config.layers())
                + constant("heads", "int", config.attentionHeads())
                + constant("key_value_heads", "int", config.keyValueHeads())
                + constant("head_dim", "int", config.headDimension())
                + constant("eps", "float", config.normEpsilon())
                + constant(
                        "windows",
                        "List[int]",
                        kinds.stream().map(kind -> kind.window().orElse(0)).toList())
                + constant(
                        "kinds",
                        "List[int]",
                        config.attention().stream().map(kinds::indexOf).toList());
    }

    private static String constant(String name, String type, Object value) {
        return "  def " + name + "(self: __torch__.M) -> " + type + ":\n    return " + value + "\n\n";
    }

    /** Runs a method without gradients. The caller closes arguments and result. */
    IValue run(String method, IValue... arguments) {
        Torch.hold();
        try {
            return IValueUtils.runMethod(module, method, arguments);
        } finally {
            Torch.release();
        }
    }

    /** Runs a method without gradients, and gives its one tensor to a manager. */
    PtNDArray tensor(PtNDManager manager, String method, IValue... arguments) {
        try (IValue result = run(method, arguments)) {
            return result.toTensor(manager);
        }
    }

    /**
     * Runs a method in which gradients can be taken.
     *
     * @param arguments in order; tensors named {@code x[]} that follow each other are one list. The result belongs to
     *     the first one's manager
     */
    NDArray train(String method, NDList arguments) {
        try (NDArray name = arguments.head().getManager().create(new float[0])) {
            name.setName("module_method:" + method);
            NDList all = new NDList(arguments);
            all.add(name);
            JniUtils.setGradMode(true);
            Torch.hold();
            try {
                return IValueUtils.forward(module, all, true).singletonOrThrow();
            } finally {
                Torch.release();
                JniUtils.setGradMode(false);
            }
        }
    }

    private static Script load(String methods) {
        byte[] archive = ScriptArchive.of(methods);
        try {
            return new Script(
                    JniUtils.loadModule(Torch.newHostManager(), new ByteArrayInputStream(archive), false, false));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(String source) {
        try (InputStream stream = Script.class.getResourceAsStream(source)) {
            if (stream == null) {
                throw new IllegalStateException("the resource dev/tempo/model/" + source + " is missing");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
