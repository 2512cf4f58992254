package dev.tempo.model.device;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.StandardCapabilities;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;

/** The tensor engine of this process, started on first use. */
final class TorchEngine {
    private static final String INTEROP_THREADS = "ai.djl.pytorch.num_interop_threads";

    private TorchEngine() {}

    static Engine started() {
        return Started.ENGINE;
    }

    /** Whether libtorch finds a CUDA device. DJL's own answer would also depend on whether it finds the CUDA runtime. */
    static boolean hasCuda() {
        return started().hasCapability(StandardCapabilities.CUDA);
    }

    /** The sum of a tensor of ones made on a device: a computation that shows whether the device works. */
    static float sumOfOnes(Device device, long... shape) {
        try (NDManager manager = started().newBaseManager(device)) {
            return manager.ones(new Shape(shape)).sum().getFloat();
        }
    }

    private static final class Started {
        static final Engine ENGINE = start();

        private static Engine start() {
            InstructionSet.current().prepare();
            setUnlessPresent("OPT_OUT_TRACKING", "true");
            setUnlessPresent(MachineSettings.THREADS, "1");
            setUnlessPresent(INTEROP_THREADS, "1");
            Thread thread = Thread.currentThread();
            ClassLoader before = thread.getContextClassLoader();
            thread.setContextClassLoader(new CompatibleJni(TorchEngine.class.getClassLoader()));
            try {
                Engine engine = Engine.getEngine("PyTorch");
                Runtime.getRuntime().addShutdownHook(new Thread(Computations::awaitEnd, "tempo-computations-end"));
                return engine;
            } finally {
                thread.setContextClassLoader(before);
            }
        }

        private static void setUnlessPresent(String property, String value) {
            if (System.getenv(property) == null && System.getProperty(property) == null) {
                System.setProperty(property, value);
            }
        }
    }

    /**
     * A class loader that lets DJL accept the JNI library on the class path. DJL 0.36.0 refuses the one that calls itself
     * 2.7.1-0.35.1, although the native declarations of both are the same and no 0.36.0 one was published; it then tries to
     * download one. DJL reads the name through the thread's context class loader, so this one answers with another name,
     * wherever the jars lie on the class path.
     */
    private static final class CompatibleJni extends ClassLoader {
        private static final String QUESTION = "jnilib/pytorch.properties";

        CompatibleJni(ClassLoader parent) {
            super(parent);
        }

        @Override
        public Enumeration<URL> getResources(String name) throws IOException {
            if (name.equals(QUESTION)) {
                return Collections.enumeration(
                        Collections.singleton(TorchEngine.class.getResource("jni-compatibility.properties")));
            }
            return super.getResources(name);
        }
    }
}
