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

/** The model's maths as loaded TorchScript, and the only place that calls into it. Safe for use by several threads. */
final class Script {
    private static final String[] SOURCES = {
        "qwen3.torchscript", "measuring.torchscript", "sampling.torchscript", "training.torchscript"
    };

    private final PtSymbolBlock module;

    private Script(PtSymbolBlock module) {
        this.module = module;
    }

    /** Loaded once a process and never closed. */
    static Script instance() {
        return Loaded.SCRIPT;
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

    private static final class Loaded {
        static final Script SCRIPT = load();

        private static Script load() {
            StringBuilder methods = new StringBuilder();
            for (String source : SOURCES) {
                methods.append(read(source)).append('\n');
            }
            byte[] archive = ScriptArchive.of(methods.toString());
            try {
                return new Script(
                        JniUtils.loadModule(Torch.newManager(), new ByteArrayInputStream(archive), false, false));
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
}
