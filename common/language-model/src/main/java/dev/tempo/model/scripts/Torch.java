package dev.tempo.model.scripts;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import dev.tempo.model.device.ComputeDevice;
import dev.tempo.model.device.DeviceException;
import dev.tempo.model.device.NativeLibrary;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.IntStream;

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
     * Computes parts of a work, none of which depends on another, as many at a time as the device has {@link ComputeDevice#lanes()}.
     *
     * @param work that computes a part, in a thread that is prepared for torch
     */
    public static <T> void computeApart(List<T> parts, Consumer<T> work) {
        int lanes = Math.min(ComputeDevice.current().lanes(), parts.size());
        Iterator<T> next = parts.iterator();
        List<CompletableFuture<Void>> others = IntStream.range(1, lanes)
                .mapToObj(lane -> CompletableFuture.runAsync(() -> compute(next, work), Started.LANES))
                .toList();
        try {
            compute(next, work);
        } finally {
            // What they read and write is the caller's: none may go on behind its back.
            others.forEach(other -> other.exceptionally(failed -> null).join());
        }
        try {
            others.forEach(CompletableFuture::join);
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException reason ? reason : failed;
        }
    }

    private static <T> void compute(Iterator<T> parts, Consumer<T> work) {
        enter();
        while (true) {
            T part;
            synchronized (parts) {
                if (!parts.hasNext()) {
                    return;
                }
                part = parts.next();
            }
            work.accept(part);
        }
    }

    private static final class Started {
        static final NDManager ROOT = start();
        static final ExecutorService LANES = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "tempo-lane");
            thread.setDaemon(true);
            return thread;
        });

        private static NDManager start() {
            NativeLibrary.load();
            return Engine.getEngine("PyTorch").newBaseManager(Device.cpu());
        }
    }
}
