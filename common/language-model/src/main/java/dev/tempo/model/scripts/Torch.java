package dev.tempo.model.scripts;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.StandardCapabilities;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import dev.tempo.model.device.Computations;
import dev.tempo.model.device.ComputeDevice;
import dev.tempo.model.device.DeviceException;
import dev.tempo.model.device.MachineSettings;
import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Objects;

/** The tensor engine of this process, started on first use. */
public final class Torch {
    private static final String INTEROP_THREADS = "ai.djl.pytorch.num_interop_threads";

    private Torch() {}

    /**
     * A fresh manager of the device's memory; the caller closes it.
     *
     * @throws DeviceException if this process's device cannot be used
     */
    public static PtNDManager newManager() {
        return (PtNDManager) Started.ROOT.newSubManager(device());
    }

    private static Device device() {
        ComputeDevice device = ComputeDevice.current();
        return device.cuda() ? Device.gpu(device.index()) : Device.cpu();
    }

    /** A fresh manager of the processor's memory, whatever the device; the caller closes it. */
    public static PtNDManager newHostManager() {
        return (PtNDManager) Started.ROOT.newSubManager(Device.cpu());
    }

    /**
     * A manager of the processor's memory that is closed with another one: for the few numbers that scripts read one by
     * one, each of which would otherwise wait for the device.
     */
    public static PtNDManager onHost(PtNDManager manager) {
        return manager.getDevice().isGpu() ? (PtNDManager) manager.newSubManager(Device.cpu()) : manager;
    }

    /** Whether libtorch finds a CUDA device. DJL's own answer would hang on whether it finds the CUDA runtime, too. */
    public static boolean hasCuda() {
        Objects.requireNonNull(Started.ROOT);
        return Engine.getEngine("PyTorch").hasCapability(StandardCapabilities.CUDA);
    }

    /** Makes a tensor on a device. */
    public static void tryOut(Device device) {
        try (NDManager manager = Started.ROOT.newSubManager(device)) {
            manager.ones(new Shape(1)).toFloatArray();
        }
    }

    /**
     * Readies the calling thread: gradient mode and the graph executor's optimizer are thread-local switches, and both
     * are on in a new thread.
     */
    public static void enter() {
        Objects.requireNonNull(Started.ROOT);
        JniUtils.setGradMode(false);
        JniUtils.setGraphExecutorOptimize(false);
    }

    private static final class Started {
        static final NDManager ROOT = start();

        private static NDManager start() {
            setUnlessPresent("OPT_OUT_TRACKING", "true");
            setUnlessPresent(MachineSettings.THREADS, "1");
            setUnlessPresent(INTEROP_THREADS, "1");
            Thread thread = Thread.currentThread();
            ClassLoader before = thread.getContextClassLoader();
            thread.setContextClassLoader(new CompatibleJni(Torch.class.getClassLoader()));
            try {
                NDManager root = Engine.getEngine("PyTorch").newBaseManager(Device.cpu());
                Runtime.getRuntime().addShutdownHook(new Thread(Computations::awaitEnd, "tempo-computations-end"));
                return root;
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
     * DJL 0.36.0 refuses the JNI library that calls itself 2.7.1-0.35.1, although their native declarations are the same
     * and no 0.36.0 one was published; it then tries to download one. DJL reads that name through the thread's context
     * class loader, so this one gives another answer to that question, wherever the jars lie on the class path.
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
                        Collections.singleton(Torch.class.getResource("jni-compatibility.properties")));
            }
            return super.getResources(name);
        }
    }
}
