package dev.tempo.model.scripts;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import dev.tempo.model.device.ComputeDevice;
import dev.tempo.model.device.DeviceException;
import dev.tempo.model.device.MachineSettings;
import dev.tempo.model.device.NativeLibrary;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The tensor engine as the module uses it: managers of tensors, and threads prepared to compute. The engine is started on
 * first use.
 */
public final class Torch {
    private Torch() {}

    /**
     * A new manager of the device's memory; the caller closes it.
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

    /** A new manager of the processor's memory, whatever the device; the caller closes it. */
    public static PtNDManager newHostManager() {
        return (PtNDManager) Started.ROOT.newSubManager(Device.cpu());
    }

    /**
     * A manager of the processor's memory that is closed with another manager. Meant for the few numbers that scripts read
     * one by one, each of which would otherwise wait for the device.
     */
    public static PtNDManager onHost(PtNDManager manager) {
        return manager.getDevice().isGpu() ? (PtNDManager) manager.newSubManager(Device.cpu()) : manager;
    }

    /**
     * Prepares the calling thread: turns off gradient mode and the graph executor's optimizer, thread-local switches that
     * are both on in a new thread.
     */
    public static void enter() {
        Objects.requireNonNull(Started.ROOT);
        JniUtils.setGradMode(false);
        JniUtils.setGraphExecutorOptimize(false);
    }

    /**
     * Computes parts of a work, none of which depends on another: side by side in the calling thread and in those of the
     * common pool, as many at a time as there are processors; one after the other on a GPU, and where torch itself computes
     * with several threads.
     *
     * @param work that computes a part, in a thread that is prepared for torch
     */
    public static <T> void computeApart(List<T> parts, Consumer<T> work) {
        boolean alone = ComputeDevice.current().cuda()
                || !MachineSettings.of(MachineSettings.THREADS, "1").equals("1");
        Stream<T> stream = alone ? parts.stream() : parts.parallelStream();
        stream.forEach(part -> {
            enter();
            work.accept(part);
        });
    }

    private static final class Started {
        static final NDManager ROOT = start();

        private static NDManager start() {
            NativeLibrary.load();
            return Engine.getEngine("PyTorch").newBaseManager(Device.cpu());
        }
    }
}
